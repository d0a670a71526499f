import Datasets
import Engine
import Grammar

/// Which half of a data set.
public enum Split: String, CaseIterable, Sendable {
  case test, train

  /// Reads `test` or `train`.
  static let kind = ArgumentType<Split>.choice("part of a data set")
}

/// What the network says of examples, and how far that is from the truth.
struct Predictions {
  let examples: Examples
  /// The examples' places, one a row of outputs.
  let rows: Range<Int>
  let score: Score
  private let outputs: [Float]
  private let width: Int

  /// Carries examples through the session's network.
  /// - Parameter rows: the examples to take; all when nil.
  /// - Throws: `Refusal` when there is no network, or the memory does not suffice.
  init(_ session: Session, _ split: Split, rows: Range<Int>? = nil, _ host: Host) throws(Refusal) {
    let dataset = try session.loaded()
    let examples = split == .test ? dataset.test : dataset.train
    try self.init(session, examples, rows: rows ?? 0..<examples.count, host)
  }

  /// Carries one image through the session's network, of which nobody knows the class.
  /// - Precondition: the bytes are of the shape of the data set's examples.
  init(_ session: Session, _ image: Bytes, _ host: Host) throws(Refusal) {
    let dataset = try session.loaded()
    let example = Examples(shape: dataset.shape, pixels: image, labels: [0], classes: dataset.classes.count)
    try self.init(session, example, rows: 0..<1, host)
  }

  private init(_ session: Session, _ examples: Examples, rows: Range<Int>, _ host: Host) throws(Refusal) {
    let dataset = try session.loaded()
    _ = try examples.requireClasses()
    let network = try session.built()
    self.examples = examples
    self.rows = rows
    let trainer: Trainer
    if let compiled = session.trainer {
      trainer = compiled
    } else {
      trainer = try Predictions.measurer(network, dataset)
    }
    let evaluation = try Evaluation(
      network, trainer, examples, rows: Array(self.rows), threads: host.pool,
      isStopRequested: host.isStopRequested)
    guard let all = try evaluation.predict(network) else { throw .stopped }
    (outputs, score) = all
    width = network.output.count
  }

  /// What measures a network that is not compiled yet.
  private static func measurer(_ network: Network, _ dataset: Dataset) throws(Refusal) -> Trainer {
    try Trainer(
      optimizer: SGD(), loss: Trainer.defaultLoss(for: network, dataset.targets),
      metrics: Trainer.defaultMetrics(dataset.targets), network: network, targets: dataset.targets)
  }

  /// The probability of every class, `[classes]`; one output is the probability of the second of two.
  func probabilities(_ row: Int) -> [Float] {
    let start = (row - rows.lowerBound) * width
    return width == 1 ? [1 - outputs[start], outputs[start]] : Array(outputs[start..<start + width])
  }

  /// The class that the network takes it for.
  func predicted(_ row: Int) -> Int {
    let start = (row - rows.lowerBound) * width
    // Of two that are as probable it is the first, as in NumPy's argmax.
    if width == 1 { return outputs[start] > 1 - outputs[start] ? 1 : 0 }
    return (1..<width).reduce(0) { outputs[start + $1] > outputs[start + $0] ? $1 : $0 }
  }

  /// `[classes][classes]`, rows true, columns predicted.
  var confusion: [[Int]] {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: examples.classes), count: examples.classes)
    for row in rows { counts[examples.labels[row]][predicted(row)] += 1 }
    return counts
  }

  /// The rows that are classified wrongly, in order.
  var wrong: [Int] { rows.filter { predicted($0) != examples.labels[$0] } }
}
