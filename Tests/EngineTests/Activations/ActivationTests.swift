import Foundation
import Grammar
import Testing

@testable import Engine

/// What every activation of the catalogue has to keep.
@Suite struct ActivationTests {
  typealias Twin = @Sendable (Double) -> Double

  /// Each activation once more, naively and in double precision; softmax, which works on rows, apart.
  static let twins: [String: Twin] = [
    "linear": { $0 },
    "relu": { max($0, 0) },
    "sigmoid": { 1 / (1 + exp(-$0)) },
    "tanh": { tanh($0) },
    "leaky_relu": { $0 > 0 ? $0 : 0.2 * $0 },
    "leaky_relu negative_slope=0.05": { $0 > 0 ? $0 : 0.05 * $0 },
    "leaky_relu negative_slope=0": { max($0, 0) },
    "elu": { $0 > 0 ? $0 : exp($0) - 1 },
    "elu alpha=0.5": { $0 > 0 ? $0 : 0.5 * (exp($0) - 1) },
    "selu": { 1.0507009873554805 * ($0 > 0 ? $0 : 1.6732632423543772 * (exp($0) - 1)) },
    "gelu": { $0 * 0.5 * (1 + erf($0 / 2.0.squareRoot())) },
    "silu": { $0 / (1 + exp(-$0)) },
    "hard_sigmoid": { min(max($0 / 6 + 0.5, 0), 1) },
    "softplus": { log(1 + exp($0)) },
    "softsign": { $0 / (1 + abs($0)) },
    "exponential": { exp($0) },
  ]
  static let lines = twins.keys.sorted() + ["softmax"]

  static func row(_ line: String, _ x: [Double]) -> [Double] {
    guard let twin = twins[line] else {
      let powers = x.map { exp($0) }
      return powers.map { $0 / powers.reduce(0, +) }
    }
    return x.map(twin)
  }

  /// Rows of inputs, away from the corners at 0 and ±3, where a slope by differences means nothing.
  static func rows(width: Int, seed: UInt64) -> [[Double]] {
    var random = Random(seed: seed)
    return (0..<9).map { _ in
      random.numbers(width, in: -5...5).map { x in
        [-3, 0, 3].contains { abs(x - $0) < 0.01 } ? 1.25 : x
      }
    }
  }

  /// Forwards and, with `outputGradient` as ∂L/∂y, backwards, in one memory where the activation needs no input.
  static func run(
    _ activation: any Activation, _ x: [Double], outputGradient: [Double], width: Int
  ) -> (output: [Float], gradient: [Float]) {
    let (input, gradient) = (Buffer(x), Buffer(outputGradient))
    let output = type(of: activation).needsInput ? Buffer(count: x.count) : input
    activation.forward(input.floats, into: output.floats, width: width)
    activation.backward(gradient.floats, x: input.floats, y: output.floats, width: width)
    return (output.values, gradient.values)
  }

  @Test("every activation has a twin here", arguments: Activations.catalogue.forms.map(\.name))
  func twin(name: String) {
    #expect(Self.lines.contains(name))
  }

  @Test("outputs are those of the twin", arguments: lines, [1, 2, 7])
  func forward(line: String, width: Int) throws {
    let activation = try Activations.catalogue.value(line)
    let rows = Self.rows(width: width, seed: 11)
    let (output, _) = Self.run(
      activation, rows.flatMap { $0 }, outputGradient: [Double](repeating: 1, count: 9 * width), width: width)
    let expected = rows.flatMap { Self.row(line, $0) }
    for (value, twin) in zip(output, expected) { #expect(isNear(value, twin, within: 1e-5)) }
  }

  @Test("gradients are the slopes of the twin", arguments: lines, [1, 2, 7])
  func backward(line: String, width: Int) throws {
    let activation = try Activations.catalogue.value(line)
    var random = Random(seed: 5)
    for x in Self.rows(width: width, seed: 12) {
      let weights = random.numbers(width, in: -2...2)
      let (_, gradient) = Self.run(activation, x, outputGradient: weights, width: width)
      let expected = outputGradient(at: x) { zip(Self.row(line, $0), weights).reduce(0) { $0 + $1.0 * $1.1 } }
      for (value, twin) in zip(gradient, expected) { #expect(isNear(value, twin, within: 1e-3, floor: 1e-2)) }
    }
  }

  @Test("large inputs give finite outputs and gradients", arguments: lines.filter { $0 != "exponential" })
  func large(line: String) throws {
    let activation = try Activations.catalogue.value(line)
    let (output, gradient) = Self.run(
      activation, [1e4, -1e4, 88, -104, 0], outputGradient: [1, 1, 1, 1, 1], width: 5)
    #expect(output.allSatisfy { $0.isFinite })
    #expect(gradient.allSatisfy { $0.isFinite })
  }

  @Test("those that promise probabilities give nothing else", arguments: lines)
  func probabilities(line: String) throws {
    let activation = try Activations.catalogue.value(line)
    let x = [-1e4, -20, -3, -0.5, 0, 0.5, 3, 20, 80]
    let (output, _) = Self.run(activation, x, outputGradient: x, width: x.count)
    #expect(output.allSatisfy { (0...1).contains($0) } == activation.givesProbabilities)
  }

  /// Keras 3.15.1 (TensorFlow): `keras.activations.get(name)([-4, -1.5, -0.1, 0, 0.3, 2, 5])`; within 1e-6.
  static let goldens: [String: [Double]] = [
    "leaky_relu": [-0.80000001, -0.30000001, -0.020000001, 0.0, 0.30000001, 2.0, 5.0],
    "elu": [-0.98168439, -0.77686983, -0.09516257, 0.0, 0.30000001, 2.0, 5.0],
    "selu": [-1.7258986, -1.3658143, -0.16730525, 0.0, 0.31521031, 2.101402, 5.2535052],
    "gelu": [-0.00012668502, -0.10021083, -0.046017218, 0.0, 0.18537343, 1.9544997, 4.9999986],
    "silu": [-0.07194484, -0.27363828, -0.047502082, 0.0, 0.17233278, 1.7615942, 4.966536],
    "hard_sigmoid": [0.0, 0.25, 0.48333335, 0.5, 0.55000001, 0.83333331, 1.0],
    "softplus": [0.018149929, 0.20141329, 0.64439666, 0.69314718, 0.85435528, 2.1269281, 5.0067153],
    "softsign": [-0.80000001, -0.60000002, -0.090909094, 0.0, 0.23076925, 0.66666669, 0.83333331],
    "exponential": [0.018315639, 0.22313017, 0.90483743, 1.0, 1.3498589, 7.3890562, 148.41316],
  ]

  @Test("numbers are Keras's", arguments: goldens.keys.sorted())
  func golden(name: String) throws {
    let activation = try Activations.catalogue.value(name)
    let x = [-4, -1.5, -0.1, 0, 0.3, 2, 5]
    let (output, _) = Self.run(activation, x, outputGradient: x, width: x.count)
    let expected = try #require(Self.goldens[name])
    for (value, keras) in zip(output, expected) {
      #expect(isNear(value, keras, within: 1e-6))
    }
  }
}
