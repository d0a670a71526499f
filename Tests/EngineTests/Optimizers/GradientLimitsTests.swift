import Grammar
import Testing

@testable import Engine

@Suite struct GradientLimitsTests {
  /// A network of two tensors, of two and of three numbers, after one update of `optimizer` whose gradients are the
  /// weights themselves.
  static func updated(_ optimizer: String, _ limits: GradientLimits) throws -> [Float] {
    var scene = try Scene(
      ["dense 1 use_bias=no", "dense 3 use_bias=no"], optimizer: optimizer, shape: [2], limits: limits)
    let weights: [[Float]] = [[3, 4], [0.3, -0.4, 12]]
    for (tensor, values) in zip(scene.network.tensors, weights) { scene.network[tensor] = values }
    scene.update(
      Buffer(Array(scene.network.values)), learningRate: scene.trainer.optimizer.learningRate, threads: 2)
    return scene.network.tensors.flatMap { scene.network[$0] }
  }

  /// Keras 3.15.1 (TensorFlow), float32: `SGD(0.1, …).apply([a, b], [a, b])` of a = [3, 4] and b = [0.3, -0.4, 12];
  /// within 1e-6.
  static let goldens: [(GradientLimits, [Double])] = [
    (GradientLimits(clipNorm: 1), [2.9400001, 3.9200001, 0.29750219, -0.39666957, 11.900086]),
    (GradientLimits(globalClipNorm: 1), [2.9769402, 3.9692535, 0.29769403, -0.39692536, 11.907761]),
    (GradientLimits(clipNorm: 1, weightDecay: 0.5), [2.79, 3.72, 0.2825022, -0.37666956, 11.300086]),
    (GradientLimits(clipValue: 1), [2.9000001, 3.9000001, 0.27000001, -0.36000001, 11.9]),
    (GradientLimits(clipNorm: 100), [2.7, 3.6, 0.27, -0.36, 10.8]),
    (GradientLimits(globalClipNorm: 100), [2.7, 3.6, 0.27, -0.36, 10.8]),
    (GradientLimits(clipValue: 100), [2.7, 3.6, 0.27, -0.36, 10.8]),
    (GradientLimits(weightDecay: 0), [2.7, 3.6, 0.27, -0.36, 10.8]),
  ]

  @Test("an update within limits has Keras's numbers", arguments: goldens)
  func golden(limits: GradientLimits, expected: [Double]) throws {
    let values = try Self.updated("sgd lr=0.1", limits)
    for (value, keras) in zip(values, expected) { #expect(isNear(value, keras, within: 1e-6)) }
  }

  @Test("adamw decays by itself what adam does not, and weight_decay= has the last word")
  func adamw() throws {
    // Keras 3.15.1: w·(1 − 0.004·0.001) first, then adam's step of 0.001 against the sign.
    let (own, plain) = (try Self.updated("adamw", GradientLimits()), try Self.updated("adam", GradientLimits()))
    let typed = try Self.updated("adamw", GradientLimits(weightDecay: 0))
    let same = try Self.updated("adam", GradientLimits(weightDecay: 0.004))
    #expect(isNear(own[4], 12 - 12 * 0.004 * 0.001 - 0.001, within: 1e-7))
    #expect(typed == plain)
    #expect(own == same)
    #expect(own != plain)
  }

  @Test("a global length that is not finite spoils all gradients, a tensor's own only itself")
  func infinite() {
    let squares = [Double.infinity, 4]
    #expect(GradientLimits(globalClipNorm: 1).factors(squares).allSatisfy { $0.isNaN })
    #expect(GradientLimits(clipNorm: 1).factors(squares) == [0, 0.5])
  }

  @Test("two ways to cut off are refused, one with a weight decay is not")
  func twoWays() throws {
    #expect(throws: Refusal.self) { try GradientLimits(clipNorm: 1, clipValue: 1).check() }
    #expect(throws: Refusal.self) { try GradientLimits(clipNorm: 1, globalClipNorm: 1).check() }
    try GradientLimits(clipNorm: 1, weightDecay: 0.1).check()
  }
}
