import Grammar
import Testing

@testable import Engine

/// A small problem: images of noise whose class is where they are brightest.
struct Scene {
  var network: Network
  var trainer: Trainer
  let examples: Examples
  var random: Random

  /// - Parameters:
  ///   - layers: as they are typed behind `add`; the last one gives three outputs.
  ///   - optimizer: as it is typed behind `compile`.
  init(
    _ layers: [String] = ["dense 8 tanh", "dense 3 softmax"], optimizer: String = "sgd lr=0.5", count: Int = 50,
    shape: Shape = [3, 4], loss: String? = nil, metrics: [String] = ["accuracy"],
    limits: GradientLimits = GradientLimits(), seed: UInt64 = 1
  ) throws {
    random = Random(seed: seed)
    examples = Scene.examples(count, shape: shape, random: &random)
    network = Network(data: shape)
    for line in layers { try network.append(try Layers.catalogue.value(line), random: &random) }
    trainer = try Trainer(
      optimizer: try Optimizers.catalogue.value(optimizer),
      loss: try loss.map { try Losses.catalogue.value($0) } ?? Trainer.defaultLoss(for: network, .classes(3)),
      metrics: try metrics.map { try Metrics.catalogue.value($0) }, limits: limits, network: network,
      targets: .classes(3))
  }

  static func examples(_ count: Int, shape: Shape, random: inout Random) -> Examples {
    let (size, third) = (shape.count, shape.count / 3)
    var (pixels, labels): ([UInt8], [Int]) = ([], [])
    for _ in 0..<count {
      let label = Int(random.next() % 3)
      for pixel in 0..<size {
        let noise = UInt8(random.next() % 120)
        pixels.append(pixel / max(1, third) == label ? noise + 120 : noise)
      }
      labels.append(label)
    }
    return Examples(shape: shape, pixels: Bytes(pixels), labels: labels, classes: 3)
  }

  /// Trains; `stopsAfter` asks to stop at the end of that batch.
  @discardableResult
  mutating func fit(
    _ training: Training, threads: Int = 1, stopsAfter: Int? = nil
  ) throws(Refusal) -> Training.Outcome {
    var batches = 0
    let watch = Training.TrainingObserver(now: { 0 }, progress: { _ in batches += 1 }) { batches + 1 == stopsAfter }
    return try training.run(
      &network, &trainer, on: examples, random: &random, threads: Threads(count: threads), watch: watch)
  }

  /// One update by gradients that stand at the same places as the weights.
  mutating func update(_ gradients: Buffer, learningRate: Double, threads: Int = 1) {
    let (threads, tensors) = (Threads(count: threads), network.tensors)
    trainer.update(&network, learningRate: learningRate, threads: threads) { _, update in
      for (index, tensor) in tensors.enumerated() {
        update?.change(index, gradient: gradients.floats.part(tensor.offset, count: tensor.count), threads: threads)
      }
      return gradients.floats
    }
  }

  /// Loss and metrics of some rows, all when nil.
  func score(_ rows: [Int]? = nil) throws -> Score {
    let network = network
    return try #require(
      try Evaluation(network, trainer, examples, rows: rows, threads: Threads(count: 1)).run(network))
  }

  /// Everything that training changes.
  var state: [ParameterStorage] { [network.values, trainer.slots] }
}
