import Grammar
import Testing

@testable import Engine

@Suite struct TrainerTests {
  /// Layers and a choice that `compile` must refuse, with a part of the message.
  static let refusals: [(layers: [String], loss: String?, metrics: [String], says: String)] = [
    ([], nil, [], "no layers"),
    (["activation relu"], nil, [], "expected one row"),
    (["dense 4 softmax"], nil, [], "has 3 classes"),
    (["dense 1 sigmoid"], nil, [], "has 3 classes"),
    (["dense 3"], "categorical_crossentropy", [], "wants probabilities"),
    (["dense 3 relu"], "sparse_categorical_crossentropy", [], "wants probabilities"),
    (["dense 3 tanh"], "binary_crossentropy", [], "wants probabilities"),
    (["dense 3"], "kl_divergence", [], "wants probabilities"),
    (["dense 3 softmax"], "hinge", [], "both sides of 0"),
    (["dense 3 hard_sigmoid"], "hinge", [], "both sides of 0"),
    (["dense 3 softmax"], nil, ["top_k_accuracy"], "wants more than the 3 outputs"),
    (["dense 3"], nil, ["auc"], "wants probabilities"),
  ]

  @Test("a loss or a metric that means nothing to the outputs is refused", arguments: refusals.indices)
  func refused(index: Int) throws {
    let (layers, loss, metrics, says) = Self.refusals[index]
    let refusal = #expect(throws: Refusal.self) { try Scene(layers, loss: loss, metrics: metrics) }
    #expect(refusal?.message.contains(says) == true, "\(refusal?.message ?? "")")
    #expect(refusal?.hint != nil)
  }

  @Test("one output for two classes is no output for each class", arguments: [
    "categorical_crossentropy", "sparse_categorical_crossentropy", "kl_divergence",
  ])
  func oneOutput(line: String) throws {
    var random = Random(seed: 1)
    var network = Network(data: [4])
    try network.append(try Layers.catalogue.value("dense 1 sigmoid"), random: &random)
    let loss = try Losses.catalogue.value(line)
    let refusal = #expect(throws: Refusal.self) {
      try Trainer(optimizer: SGD(), loss: loss, metrics: [], network: network, targets: .classes(2))
    }
    #expect(refusal?.message.contains("an output for each class") == true)
  }

  @Test("the usual loss is the one that fits the last activation", arguments: [
    ("softmax", "categorical_crossentropy"), ("sigmoid", "binary_crossentropy"), ("linear", "mse"), ("gelu", "mse"),
  ])
  func standard(activation: String, loss: String) throws {
    #expect(try Scene(["dense 3 \(activation)"]).trainer.loss.name == loss)
  }

  @Test("slots begin as the optimizer says, and reset brings them back")
  func slots() throws {
    var scene = try Scene(optimizer: "adagrad initial_accumulator_value=0.5")
    let fresh = scene.trainer.slots
    #expect(fresh.allSatisfy { $0 == 0.5 })
    #expect(fresh.count == scene.network.values.count)
    try scene.fit(Training(epochs: 1))
    #expect(scene.trainer.slots != fresh)
    #expect(scene.trainer.steps == 2)
    try scene.trainer.reset()
    #expect(scene.trainer.slots == fresh)
    #expect(scene.trainer.steps == 0)
  }

  @Test("an update changes every trainable number and nothing between the tensors")
  func gaps() throws {
    var scene = try Scene(optimizer: "sgd lr=1")
    let before = scene.network.values
    let ones = Buffer([Float](repeating: 1, count: before.count))
    scene.update(ones, learningRate: 1)
    let inside = Set(scene.network.tensors.flatMap(\.range))
    for (place, value) in before.enumerated() {
      #expect(scene.network.values[place] == (inside.contains(place) ? value - 1 : value))
    }
  }

  @Test("an update has the same bits at any number of threads", arguments: ["adam", "rmsprop", "nadam", "adagrad"])
  func threads(line: String) throws {
    let limits = GradientLimits(globalClipNorm: 0.5, weightDecay: 0.01)
    let values = try [1, 2, 3, 7].map { threads in
      var scene = try Scene(
        ["dense 120 relu", "dense 3 softmax"], optimizer: line, shape: [30, 30], limits: limits)
      var random = Random(seed: 6)
      for _ in 0..<3 {
        let gradients = Buffer(random.numbers(scene.network.values.count, in: -1...1))
        scene.update(gradients, learningRate: 0.01, threads: threads)
      }
      return scene.state
    }
    #expect(values.allSatisfy { $0 == values[0] })
  }
}
