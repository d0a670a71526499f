import Grammar
import Testing

@testable import Engine

@Suite struct TargetsTests {
  /// y = 2x + 1, or of two inputs two values.
  static func line(_ count: Int = 200, values: Int = 1) -> Examples {
    var random = Random(seed: 3)
    let x = (0..<count * values).map { _ in random.uniform() * 2 - 1 as Float }
    return Examples(
      shape: [values], features: .floats(Floats(x)), targets: .values(x.map { 2 * $0 + 1 }, width: values))
  }

  static func network(_ lines: [String], data: Shape) throws -> Network {
    var random = Random(seed: 4)
    var network = Network(data: data)
    for line in lines { try network.append(try Layers.catalogue.value(line), random: &random) }
    return network
  }

  @Test(arguments: ["mse", "mae", "huber"], [1, 3])
  func `a line is learnt from its values`(loss: String, values: Int) throws {
    let examples = Self.line(values: values)
    var network = try Self.network(["dense \(values)"], data: [values])
    var trainer = try Trainer(
      optimizer: try Optimizers.catalogue.value("adam lr=0.05"), loss: try Losses.catalogue.value(loss),
      metrics: [MeanAbsoluteError(), MeanSquaredError()], network: network, targets: examples.targets.kind)
    var random = Random(seed: 5)
    var training = Training(epochs: 60, batch: 16)
    training.validation = .share(0.25)
    let epochs = try training.run(
      &network, &trainer, on: examples, random: &random, threads: Threads(count: 2),
      watch: Training.TrainingObserver(now: { 0 })
    ).epochs
    let last = try #require(epochs.last?.validation)
    #expect(try #require(last["mae"]) < 0.06)
    #expect(try #require(last["mse"]) < 0.006)
    #expect(last.loss < epochs[0].training.loss / 20)
  }

  @Test func `what judges classes refuses values, and mse is what values are judged by`() throws {
    let network = try Self.network(["dense 1 sigmoid"], data: [1])
    func compile(_ loss: any Loss, _ metrics: [any Metric]) throws(Refusal) {
      _ = try Trainer(optimizer: SGD(), loss: loss, metrics: metrics, network: network, targets: .values(1))
    }
    #expect(Trainer.defaultLoss(for: network, .values(1)) is MSE)
    #expect(Trainer.defaultMetrics(.values(1)).map(\.name) == ["mae"])
    for loss in [BinaryCrossentropy(), Hinge(), CategoricalHinge()] as [any Loss] {
      #expect(
        throws: Refusal("\(loss.name) judges classes, and the data set has values", hint: "compile adam loss=mse")
      ) {
        try compile(loss, [])
      }
    }
    for metric in [Accuracy(), Precision(), Recall(), F1(), AUC()] as [any Metric] {
      #expect(
        throws: Refusal("\(metric.name) judges classes, and the data set has values", hint: "compile adam metrics=mae")
      ) { try compile(MSE(), [metric]) }
    }
    try compile(MSE(), [MeanAbsoluteError(), MeanSquaredError()])
  }

  @Test func `a network gives as many outputs as there are values`() throws {
    let network = try Self.network(["dense 2"], data: [1])
    #expect(
      throws: Refusal(
        "the last layer, dense, gives 2 for each example, and it should give 1 value", hint: "add dense 1")
    ) { try Trainer(optimizer: SGD(), loss: MSE(), metrics: [], network: network, targets: .values(1)) }
  }

  @Test func `what needs classes refuses values before anything has changed`() throws {
    let examples = Self.line()
    var network = try Self.network(["dense 1"], data: [1])
    let before = network.values
    var trainer = try Trainer(
      optimizer: SGD(), loss: MSE(), metrics: [], network: network, targets: examples.targets.kind)
    var random = Random(seed: 5)
    var balanced = Training(epochs: 1), stratified = Training(epochs: 1)
    balanced.classWeight = .balanced
    (stratified.validation, stratified.isStratified) = (.share(0.1), true)
    for (training, hint) in [(balanced, "fit 1"), (stratified, "fit 1 validation=0.1")] {
      #expect(throws: Refusal.notClasses(hint: hint)) {
        try training.run(
          &network, &trainer, on: examples, random: &random, threads: Threads(count: 1),
          watch: Training.TrainingObserver(now: { 0 }))
      }
    }
    #expect(network.values == before)
  }

  @Test func `targets are cut and picked with their width`() {
    let values = Targets.values([1, 2, 3, 4, 5, 6], width: 2)
    #expect(values.count == 3)
    #expect(values.first(2).count == 2)
    guard case .values(let picked, 2) = values.picked([2, 0]) else { Issue.record("values stay values"); return }
    #expect(picked == [5, 6, 1, 2])
    let room = Buffer(count: 4)
    values.gather([1, 2], into: room.floats, width: 2)
    #expect(room.values == [3, 4, 5, 6])
  }
}
