import Grammar
import Testing

@testable import Engine

@Suite struct PenaltyTests {
  static let penalties = [
    Penalty(l1: 0.1, l2: 0), Penalty(l1: 0, l2: 0.3), Penalty(l1: 0.1, l2: 0.3), Penalty.none,
  ]

  static func twin(_ penalty: Penalty, _ weights: [Double]) -> Double {
    weights.reduce(0) { $0 + penalty.l1 * abs($1) + penalty.l2 * $1 * $1 }
  }

  @Test("the value is that of the twin, the gradient its slope, added to what is there", arguments: penalties)
  func twin(penalty: Penalty) {
    let weights = [0.5, -1.5, 2, -0.25]
    let gradient = Buffer([Float](repeating: 1, count: 4))
    penalty.addGradient(Block(Buffer(weights).floats), to: Block(gradient.floats))
    #expect(abs(penalty.value(Buffer(weights).floats) - Self.twin(penalty, weights)) < 1e-12)
    let outputGradients = outputGradient(at: weights) { Self.twin(penalty, $0) }
    for (value, outputGradient) in zip(gradient.values, outputGradients) {
      #expect(isNear(value, 1 + outputGradient, within: 1e-5))
    }
  }

  @Test("a weight of 0 is not pushed")
  func zero() {
    let gradient = Buffer(count: 1)
    Penalty(l1: 1, l2: 1).addGradient(Block(Buffer([Float(0)]).floats), to: Block(gradient.floats))
    #expect(gradient.values == [0])
  }

  @Test("kernels count and biases do not, in the loss and in the gradients")
  func network() throws {
    let scene = try Scene(["dense 3 bias_initializer=ones l1=0.5 l2=0.25"])
    let kernel = scene.network[scene.network.tensors[0]].map { Double($0) }
    let expected = Self.twin(Penalty(l1: 0.5, l2: 0.25), kernel)
    #expect(abs(scene.network.penalty() - expected) < 1e-9)
    for limits in [GradientLimits(), GradientLimits(clipNorm: 1e9)] {
      var scene = try Scene(
        ["dense 3 bias_initializer=ones l1=0.5 l2=0.25"], optimizer: "sgd lr=1", limits: limits)
      let before = scene.network.values
      scene.update(Buffer(count: before.count), learningRate: 1)
      for place in scene.network.tensors[0].range {
        let outputGradient = 0.5 * (before[place] > 0 ? 1 : -1) + 0.5 * before[place]
        #expect(abs(scene.network.values[place] - (before[place] - outputGradient)) < 1e-6)
      }
      for place in scene.network.tensors[1].range { #expect(scene.network.values[place] == before[place]) }
    }
  }

  @Test("the loss that is shown holds the penalty")
  func shown() throws {
    let (plain, penalized) = (try Scene(["dense 3"]), try Scene(["dense 3 l2=0.25"]))
    let network = penalized.network
    #expect(abs(try penalized.score().loss - plain.score().loss - network.penalty()) < 1e-6)
  }
}
