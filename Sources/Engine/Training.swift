import Grammar

/// How to train: `fit`'s choices.
public struct Training: Equatable, Sendable {
  public var epochs: Int
  /// Examples between two updates.
  public var batch: Int
  /// The share of the examples, the last ones before shuffling, that is held back to validate, 0 ..< 1.
  public var validation: Double
  public var shuffles: Bool
  /// Stops after so many batches in all; nil for no limit.
  public var batches: Int?

  public init(epochs: Int, batch: Int = 32, validation: Double = 0, shuffles: Bool = true, batches: Int? = nil) {
    self.epochs = epochs
    self.batch = batch
    self.validation = validation
    self.shuffles = shuffles
    self.batches = batches
  }

  /// Where a run is, after each batch.
  public struct Progress: Sendable {
    /// Counts from 1, over several fits.
    public let epoch: Int
    public let lastEpoch: Int
    public let batch: Int
    public let batches: Int
    /// Running means of this epoch.
    public let score: Score
    /// Set with the last batch of an epoch.
    public let finished: Epoch?
  }

  /// What the outside has a say in: time, news, and when to stop.
  public struct Watch {
    let now: () -> Double
    let progress: (Progress) -> Void
    let isStopRequested: () -> Bool

    /// - Parameter now: seconds since some moment.
    public init(
      now: @escaping () -> Double, progress: @escaping (Progress) -> Void = { _ in },
      isStopRequested: @escaping () -> Bool = { false }
    ) {
      self.now = now
      self.progress = progress
      self.isStopRequested = isStopRequested
    }
  }

  /// How a run ended.
  public struct Outcome: Sendable {
    public let epochs: [Epoch]
    /// Batches trained in all.
    public let batches: Int
    /// Whether it was stopped before the last batch.
    public let isInterrupted: Bool
  }

  /// Trains a network; when stopped it returns what was learnt until then.
  /// - Parameter first: the number of the first epoch.
  /// - Throws: `Refusal` when the memory does not suffice or validation leaves nothing to train on; nothing has changed then.
  public func run(
    _ network: inout Network, _ trainer: inout Trainer, on examples: Examples, first: Int = 1,
    random: inout Random, threads: Threads, watch: Watch
  ) throws(Refusal) -> Outcome {
    let heldBack = Int(Double(examples.count) * validation)
    let rows = Array(0..<examples.count - heldBack)
    guard !rows.isEmpty else { throw .nothingToTrainOn(examples.count) }
    let capacity = min(batch, rows.count)
    let batches = try Batches(network, trainer, examples, capacity: capacity, isTraining: true, threads: threads)
    let validator = heldBack == 0 ? nil
      : try Evaluation(network, trainer, examples, rows: rows.count..<examples.count, threads: threads)
    var run = Run(
      training: self, batches: batches, capacity: capacity, rows: rows, lastEpoch: first + epochs - 1, watch: watch,
      threads: threads)
    for number in first..<first + epochs where !run.isOver {
      run.epoch(number, &network, &trainer, random: &random, validator: validator)
    }
    return Outcome(epochs: run.epochs, batches: run.count, isInterrupted: run.isInterrupted)
  }
}

/// The state of one run between its batches.
private struct Run {
  let training: Training
  let batches: Batches
  let capacity: Int
  var rows: [Int]
  let lastEpoch: Int
  let watch: Training.Watch
  let threads: Threads
  var epochs: [Epoch] = []
  var count = 0
  var isInterrupted = false

  var isOver: Bool { isInterrupted || count == training.batches }

  mutating func epoch(
    _ number: Int, _ network: inout Network, _ trainer: inout Trainer, random: inout Random, validator: Evaluation?
  ) {
    if training.shuffles { rows.shuffle(using: &random) }
    let started = watch.now()
    var tally = Tally(trainer.metrics)
    let total = (rows.count + capacity - 1) / capacity
    var done = 0
    while done < total, !isOver {
      let batch = rows[done * capacity..<min((done + 1) * capacity, rows.count)]
      batches.forward(&network, rows: batch, seed: random.next(), tally: &tally)
      let gradients = batches.backward(&network, rows: batch.count)
      trainer.update(&network, gradients: gradients, threads: threads)
      done += 1
      count += 1
      isInterrupted = watch.isStopRequested() && !(done == total && number == lastEpoch)
      let isEnd = done == total || isOver
      if isEnd {
        epochs.append(
          Epoch(
            number: number, training: tally.score, validation: validator?.run(&network),
            seconds: watch.now() - started, batches: done))
      }
      watch.progress(
        Training.Progress(
          epoch: number, lastEpoch: lastEpoch, batch: done, batches: total, score: tally.score,
          finished: isEnd ? epochs.last : nil))
    }
  }
}
