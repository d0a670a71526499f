import Grammar

/// Measures a network on examples, without training it.
public struct Evaluation {
  /// Examples carried through the network at once.
  private static let batch = 512

  private let batches: Batches
  private let rows: [Int]
  private let metrics: [any Metric]
  /// Asked before every batch.
  private let isStopRequested: () -> Bool

  /// - Parameter rows: the examples to take; all of them when nil.
  /// - Throws: `Refusal` when the memory does not suffice.
  public init(
    _ network: Network, _ trainer: Trainer, _ examples: Examples, rows: [Int]? = nil, threads: Threads,
    isStopRequested: @escaping () -> Bool = { false }
  ) throws(Refusal) {
    self.isStopRequested = isStopRequested
    self.rows = rows ?? Array(0..<examples.count)
    metrics = trainer.metrics
    batches = try Batches(
      network, trainer, examples, capacity: min(Evaluation.batch, max(1, self.rows.count)), isTraining: false,
      threads: threads)
  }

  /// Bytes that an evaluation takes; nil when they do not fit into an `Int`.
  static func memory(_ network: Network, rows: Int, isSparse: Bool) -> Int? {
    Batches.memory(network, capacity: min(batch, max(1, rows)), isTraining: false, isSparse: isSparse)
      .flatMap { Int?(rows).times(MemoryLayout<Int>.stride).adding($0) }
  }

  /// The mean loss and the metrics; nil when it was stopped before its end.
  /// - Throws: `Refusal` when examples cannot be read any more.
  public func run(_ network: Network) throws(Refusal) -> Score? {
    try run(network) { _, _ in }
  }

  /// The outputs of the last layer, `[rows, width]`, and the score; nil when it was stopped before its end.
  /// - Throws: `Refusal` when there is no memory for the outputs, or examples cannot be read any more.
  public func predict(_ network: Network) throws(Refusal) -> (outputs: [Float], score: Score)? {
    let count = Int?(rows.count).times(network.output.count)
    try Machine.require(
      count.times(MemoryLayout<Float>.stride), for: "the output for \(rows.count) examples", hint: "predict 0")
    var outputs: [Float] = []
    outputs.reserveCapacity(count ?? 0)
    let score = try run(network) { output, _ in
      outputs.append(contentsOf: UnsafeBufferPointer(start: output.base, count: output.count))
    }
    return score.map { (outputs, $0) }
  }

  private func run(_ network: Network, each: (FloatSpan, Int) -> Void) throws(Refusal) -> Score? {
    let penalty = network.penalty()
    var tally = RunningScore(metrics)
    for start in stride(from: 0, to: rows.count, by: Evaluation.batch) {
      if isStopRequested() { return nil }
      let part = rows[start..<min(start + Evaluation.batch, rows.count)]
      batches.readAhead(rows[part.endIndex..<min(part.endIndex + Evaluation.batch, rows.count)])
      try network.values.withSpan { (values) throws(Refusal) in
        try batches.forward(values, rows: part, seed: 0, penalty: penalty, tally: &tally)
      }
      each(batches.output(rows: part.count), part.count)
    }
    return tally.score
  }
}
