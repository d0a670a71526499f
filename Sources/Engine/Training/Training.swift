import Grammar

/// How to train: `fit`'s choices.
public struct Training: Sendable {
  /// Which examples only validate.
  public enum Validation: Equatable, Sendable {
    case none
    /// The last share of the training examples, before shuffling, above 0 and below 1.
    case share(Double)
    /// The data set's test examples.
    case test
  }

  /// How much each example's loss counts.
  public enum ClassWeight: String, CaseIterable, Sendable {
    case none
    /// n / (classes · examples of the class), so that all classes count the same, after scikit-learn 1.5.
    case balanced
  }

  public var epochs: Int
  /// Examples between two updates.
  public var batch: Int
  public var validation = Validation.none
  /// Whether the share is taken of each class.
  public var isStratified = false
  public var shuffles = true
  /// Stops after so many batches in all; nil for no limit.
  public var batches: Int?
  /// Stops after so many epochs without a better loss; nil for never.
  public var patience: Int?
  /// Whether the weights of the best epoch are there at the end.
  public var restoresBest = false
  /// Stops after the first epoch that fulfils it.
  public var until: Condition?
  /// How the learning rate changes; nil for what `compile` chose.
  public var schedule: (any Schedule)?
  public var classWeight = ClassWeight.none

  public init(epochs: Int, batch: Int = 32) {
    self.epochs = epochs
    self.batch = batch
  }

  /// Where a run is, after each batch.
  public struct Progress: Sendable {
    /// Counts from 1, over several fits.
    public let epoch: Int
    public let lastEpoch: Int
    public let batch: Int
    public let batches: Int
    /// Batches trained since the run began.
    public let trained: Int
    /// When the run began, by the observer's clock.
    public let started: Double
    let running: RunningScore
    /// Running means of this epoch.
    public var score: Score { running.score }
    /// Set with the last batch of an epoch.
    public let finished: Epoch?
  }

  /// What the outside has a say in: time, news, and when to stop.
  public struct TrainingObserver {
    let now: () -> Double
    let progress: (Progress) -> Void
    let isStopRequested: () -> Bool
    /// Takes a state to go on from: at the beginning of every epoch but the first, and after five seconds at most.
    let checkpoint: ((Checkpoint) -> Void)?

    /// Seconds of training that may be lost.
    static let longestUnsaved = 5.0

    /// - Parameter now: seconds since some moment.
    public init(
      now: @escaping () -> Double, progress: @escaping (Progress) -> Void = { _ in },
      isStopRequested: @escaping () -> Bool = { false }, checkpoint: ((Checkpoint) -> Void)? = nil
    ) {
      self.now = now
      self.progress = progress
      self.isStopRequested = isStopRequested
      self.checkpoint = checkpoint
    }
  }

  /// Why a run ended.
  public enum End: Equatable, Sendable {
    case finished
    case interrupted
    /// The loss did not get better for so many epochs.
    case patience(Int)
    /// The condition of `until` was fulfilled.
    case fulfilled
    /// The loss was not finite at this batch, counted from 1, or after it if it was the last; the weights are those
    /// that last gave a finite one.
    case notFinite(epoch: Int, batch: Int)
    /// Examples could not be read any more; what was learnt until then is kept.
    case unreadable(Refusal)
  }

  /// How a run ended.
  public struct Outcome: Sendable {
    public let epochs: SharedList<Epoch>
    /// Batches trained in all.
    public let batches: Int
    public let end: End
    /// The batches after which somebody stopped it; nil when nobody did.
    public let interruption: Int?
    /// The number of the epoch with the best loss, of validation where there is some; nil when none was finite.
    public let best: Int?
    /// Rows that trained and rows that validated.
    public let rows: Rows
  }

  /// Trains a network; when stopped it returns what was learnt until then.
  /// - Parameters:
  ///   - test: what `validation: .test` validates with.
  ///   - first: the number of the first epoch.
  ///   - past: the epochs since `compile`, for its schedule.
  ///   - resumed: the state of this same run to go on from; network, trainer and random generator become those of it.
  /// - Throws: `Refusal` when the memory does not suffice, validation leaves nothing to train on, or `until` names a
  ///   figure that there will not be; nothing has changed then.
  public func run(
    _ network: inout Network, _ trainer: inout Trainer, on examples: Examples, test: Examples? = nil, first: Int = 1,
    past: SharedList<Epoch>.SubSequence = SharedList()[...], resuming resumed: Checkpoint? = nil,
    random: inout Random, threads: Threads,
    watch: TrainingObserver
  ) throws(Refusal) -> Outcome {
    if classWeight == .balanced { _ = try examples.requireClasses(hint: "fit 1") }
    let rows = try Rows(examples, validation, isStratified: isStratified)
    try check(trainer)
    let capacity = min(batch, rows.train.count)
    try resumed?.check(network, rows.train, capacity: capacity)
    try requireMemory(
      network, trainer, rows, capacity: capacity, test: (test ?? examples).count, input: Plan.Input(examples),
      threads: threads)
    var batches = try Batches(network, trainer, examples, capacity: capacity, isTraining: true, threads: threads)
    if classWeight == .balanced { batches.weigh(rows.train) }
    let validator: Evaluation?
    switch validation {
    case .none: validator = nil
    case .share:
      validator = try Evaluation(
        network, trainer, examples, rows: rows.validation, threads: threads, isStopRequested: watch.isStopRequested)
    case .test:
      validator = try Evaluation(
        network, trainer, test ?? examples, threads: threads, isStopRequested: watch.isStopRequested)
    }
    // Nothing is refused any more.
    if let resumed { (network, trainer, random) = (resumed.network, resumed.trainer, resumed.random) }
    var run = TrainingRun(
      self, batches, validator, network: network, rows: rows.train, capacity: capacity, first: first, past: past,
      resumed: resumed, watch: watch, threads: threads)
    run.run(&network, &trainer, random: &random)
    return Outcome(
      epochs: run.epochs, batches: run.count, end: run.end ?? .finished, interruption: run.interruption,
      best: run.bestEpoch, rows: rows)
  }

  /// Refuses a condition on a figure that this run does not measure.
  private func check(_ trainer: Trainer) throws(Refusal) {
    guard let until else { return }
    let names = ["loss"] + trainer.metrics.map(\.name)
    let all = validation == .none ? names : names + names.map { "val_\($0)" }
    guard all.contains(until.metric) else { throw .noFigure(until.metric, all) }
  }
}

extension Refusal {
  /// A figure by a name that none has.
  public static func noFigure(_ name: String, _ names: [String]) -> Refusal {
    let near = Suggestion.nearest(to: name, among: names).map { "; did you mean \($0)?" }
    return Refusal("no figure is called \"\(name)\"" + (near ?? "; there are: \(names.joined(separator: ", "))"))
  }
}
