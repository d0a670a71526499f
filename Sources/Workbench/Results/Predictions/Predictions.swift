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
  /// Whether the network says of classes how probable they are.
  let areProbabilities: Bool
  private let outputs: [Float]
  private let width: Int

  /// Carries examples through the session's network.
  /// - Parameter rows: the examples to take; all when nil.
  /// - Throws: `Refusal` when there is no network, or the memory does not suffice.
  init(_ session: Session, _ split: Split, rows: Range<Int>? = nil, _ host: Host) throws(Refusal) {
    let dataset = try session.loaded()
    let examples = split == .test ? dataset.test : dataset.train
    try self.init(session, examples, rows: rows, host)
  }

  /// Carries one image through the session's network, of which nobody knows the class.
  /// - Precondition: the bytes are of the shape of the data set's examples.
  init(_ session: Session, _ image: Bytes, _ host: Host) throws(Refusal) {
    let dataset = try session.loaded()
    var scale = ByteScale.unit
    if case .bytes(_, let own) = dataset.train.features { scale = own }
    let example = Examples(
      shape: dataset.shape, features: .bytes(image, scale), targets: .classes([0], count: dataset.classes.count))
    try self.init(session, example, rows: 0..<1, host)
  }

  /// Carries any examples of the data set's shape through the session's network.
  init(_ session: Session, _ examples: Examples, rows: Range<Int>? = nil, _ host: Host) throws(Refusal) {
    let dataset = try session.loaded()
    let network = try session.built()
    self.examples = examples
    self.rows = rows ?? 0..<examples.count
    areProbabilities = network.layers.last?.activation.givesProbabilities == true
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

  /// What the last layer gives, `[width]`.
  func outputs(_ row: Int) -> ArraySlice<Float> {
    let start = (row - rows.lowerBound) * width
    return outputs[start..<start + width]
  }
}

/// Classes.
extension Predictions {
  /// The probability of every class, `[classes]`; one output is the probability of the second of two.
  func probabilities(_ row: Int) -> [Float] {
    let outputs = Array(outputs(row))
    return width == 1 ? [1 - outputs[0], outputs[0]] : outputs
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
    let labels = examples.labels
    for row in rows { counts[labels[row]][predicted(row)] += 1 }
    return counts
  }

  /// The rows that are classified wrongly, in order.
  var wrong: [Int] {
    let labels = examples.labels
    return rows.filter { predicted($0) != labels[$0] }
  }
}

/// Values.
extension Predictions {
  /// What should have been said, `[width]`.
  func truth(_ row: Int) -> ArraySlice<Float> {
    guard case .values(let values, let width) = examples.targets else { return [] }
    return values[row * width..<(row + 1) * width]
  }

  /// What was said less what is true, `[width]`.
  func residuals(_ row: Int) -> [Float] { zip(outputs(row), truth(row)).map { $0 - $1 } }

  /// How far off a row is: the largest of its residuals.
  func distance(_ row: Int) -> Float { residuals(row).reduce(0) { max($0, abs($1)) } }

  /// The rows, those that are furthest off first.
  var worst: [Int] {
    let distances = rows.map(distance)
    return rows.sorted { first, second in
      let (one, other) = (distances[first - rows.lowerBound], distances[second - rows.lowerBound])
      return one == other ? first < second : one > other || one.isNaN
    }
  }
}
