import Engine
import Grammar

/// A network to be trained or asked, with rmsprop, from the same first weights every time.
struct BenchmarkModel {
  /// Batches before the clock starts: caches and buffers are then as they stay.
  private static let warming = 20

  private var network: Network
  private var trainer: Trainer
  private var random = Random(seed: 1)
  private let examples: Examples
  private let threads: Threads

  init(_ layers: [String], _ examples: Examples, threads: Int) throws {
    network = Network(data: examples.shape)
    for line in layers { try network.append(try Layers.catalogue.value(line), random: &random) }
    trainer = try Trainer(
      optimizer: try Optimizers.catalogue.value("rmsprop"),
      loss: Trainer.defaultLoss(for: network, examples.targets.kind),
      metrics: [try Metrics.catalogue.value("accuracy")], network: network, targets: examples.targets.kind)
    self.examples = examples
    self.threads = Threads(count: threads)
  }

  var parameters: Int { network.parameters }

  /// The median of so many epochs.
  mutating func train(epochs: Int, batch: Int) throws -> Figures {
    var warming = Training(epochs: 1, batch: batch)
    warming.batches = BenchmarkModel.warming
    try fit(warming)
    let seconds = try fit(Training(epochs: epochs, batch: batch)).map(\.seconds)
    return Figures(
      seconds: seconds.median ?? .nan, images: examples.count, operations: operations(isTraining: true))
  }

  /// The median of so many passes over all examples, with what they come to or with every output.
  mutating func evaluate(passes: Int, keepsOutputs: Bool) throws -> Figures {
    let evaluation = try Evaluation(network, trainer, examples, threads: threads)
    let clock = ContinuousClock()
    let seconds = try (0...passes).map { _ in
      try clock.measure {
        if keepsOutputs { _ = try evaluation.predict(network) } else { _ = try evaluation.run(network) }
      } / .seconds(1)
    }
    return Figures(
      seconds: Array(seconds.dropFirst()).median ?? .nan, images: examples.count,
      operations: operations(isTraining: false))
  }

  @discardableResult
  private mutating func fit(_ training: Training) throws -> SharedList<Epoch> {
    let clock = ContinuousClock()
    let start = clock.now
    return try training.run(
      &network, &trainer, on: examples, random: &random, threads: threads,
      watch: Training.TrainingObserver(now: { (clock.now - start) / .seconds(1) })
    ).epochs
  }

  /// Those of all products for all examples: forwards, and in training for the gradient of the weights, and behind the
  /// first layer that has some for that of the input.
  private func operations(isTraining: Bool) -> Double {
    let first = network.tensors.first?.layer ?? 0
    let products = network.layers.indices.reduce(0) { sum, index in
      let ways = isTraining ? (index <= first ? 2 : 3) : 1
      return sum + ways * network.layers[index].products(for: network.shapes[index])
    }
    return 2 * Double(products) * Double(examples.count)
  }
}
