import Engine
import Grammar

/// Trains the network.
struct Fit: Command {
  let training: Training
  /// Parts of the training examples that validate in turn; nil for an ordinary fit.
  let folds: Int?

  static let form = Form<Fit>(
    "fit", "Trains the network; Ctrl-C stops at the end of a batch and keeps what was learnt.",
    Parameter("epochs", .integer(1...1_000_000), "how often every example is seen"),
    Parameter("batch", .integer(1...), default: 32, "examples between two updates of the weights"),
    .named("validation", validationKind, default: .none, "what only validates: the last share, or the test examples"),
    .named("stratified", .flag, default: false, "takes the share of each class"),
    .named("shuffle", .flag, default: true, "a new order in every epoch"),
    .named(
      "patience", ArgumentType.integer(1...).optional, default: nil,
      "stops after so many epochs without a better loss"),
    .named("restore_best", .flag, default: false, "goes back to the weights of the best epoch at the end"),
    .named(
      "until", Condition.kind.from(.trained).optional, default: nil,
      "stops after the first epoch for which this is true"),
    .named("schedule", Schedules.catalogue.names.optional, default: nil, "how the learning rate changes"),
    .named("class_weight", .choice("class weight"), default: .none, "balanced: all classes count the same"),
    .named(
      "batches", ArgumentType.integer(1...).optional, default: nil, "stops after so many batches, as Ctrl-C would"),
    .named(
      "folds", ArgumentType.integer(2...1000).optional, default: nil,
      "K-fold: each of so many parts validates once; the network stays as it is"),
    examples: [
      "fit 2 128", "fit 1 64 validation=0.1", "fit 3 128 validation=test patience=1 restore_best=yes",
      "fit 5 128 until=\"accuracy>=0.9\"", "fit 2 64 folds=3",
    ],
    make: make, settings: settings)

  static var effect: Effect { .undoable }

  static var givesTable: Bool { true }

  var wantsCheckpoint: Bool { folds == nil }

  static func canRun(on session: Session) -> Bool { session.isCompiled }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    if let folds { return try runFolds(folds, &draft, host) }
    let dataset = try draft.loaded()
    var trainer = try draft.compiled()
    var network = try draft.built()
    let past = Fit.epochs(draft.history, of: trainer)
    let resumed = takeBrokenOff(&draft)
    // The draft lets go of both, so that training writes in place where nobody else holds them.
    draft.network = nil
    draft.trainer = nil
    let outcome = try training.run(
      &network, &trainer, on: dataset.train, test: dataset.test, first: (draft.history.last?.number ?? 0) + 1,
      past: past, resuming: resumed, random: &draft.random, threads: host.pool,
      watch: Training.TrainingObserver(
        now: host.now, progress: host.progress, isStopRequested: host.isStopRequested, checkpoint: host.checkpoint))
    draft.network = network
    draft.trainer = trainer
    draft.learntFrom = ModelDescription.Data(dataset)
    draft.history.append(contentsOf: outcome.epochs)
    draft.evaluation = nil
    draft.foldFigures = []
    draft.hasUnsavedTraining = true
    return FitAnswer(training: training, outcome: outcome, history: draft.history)
  }

  /// The state that this line was broken off in; one of another line is of no use any more.
  private func takeBrokenOff(_ draft: inout Session) -> Checkpoint? {
    defer { draft.brokenOff = nil }
    var whole = training
    whole.batches = nil
    guard let broken = draft.brokenOff, let line = Fit.form.line(Fit(training: whole, folds: nil)) else { return nil }
    let isPart = training.batches.map { broken.state.count <= $0 } ?? true
    return isPart && (broken.line == line || broken.line == Fit.form.line(self)) ? broken.state : nil
  }

  /// The last epochs, those whose updates the trainer has counted: what was trained since `compile`.
  private static func epochs(_ history: SharedList<Epoch>, of trainer: Trainer) -> SharedList<Epoch>.SubSequence {
    var (updates, start) = (0, history.endIndex)
    while start > 0, updates < trainer.steps {
      start -= 1
      updates += history[start].batches
    }
    return history[start...]
  }

  /// An interrupted run is replayed up to the batch where it stopped.
  func replay(of line: String, _ answer: any Answer) -> String? {
    guard let batches = (answer as? FitAnswer)?.outcome.interruption else { return line }
    var stopped = training
    stopped.batches = batches
    return Fit.form.line(Fit(training: stopped, folds: nil)) ?? line
  }

  private static let validationKind = ArgumentType<Training.Validation>(
    expected: "a share from 0 to below 1, or test", choices: [Choice("test", help: "the data set's test examples")],
    read: { (word) throws(Misread) -> Training.Validation in
      if word.plain == "test" { return .test }
      guard let share = word.plain.decimal, share >= 0, share < 1 else {
        throw Misread("expected a share from 0 to below 1, or test, not \"\(word.text)\"", at: word.span)
      }
      return share == 0 ? .none : .share(share)
    },
    write: {
      switch $0 {
      case .none: "0"
      case .share(let share): "\(share)"
      case .test: "test"
      }
    })

  @Sendable private static func make(
    epochs: Int, batch: Int, validation: Training.Validation, isStratified: Bool, shuffles: Bool, patience: Int?,
    restoresBest: Bool, until: Condition?, schedule: (any Schedule)?, classWeight: Training.ClassWeight, batches: Int?,
    folds: Int?
  ) -> Fit {
    var training = Training(epochs: epochs, batch: batch)
    training.validation = validation
    training.isStratified = isStratified
    training.shuffles = shuffles
    training.patience = patience
    training.restoresBest = restoresBest
    training.until = until
    training.schedule = schedule
    training.classWeight = classWeight
    training.batches = batches
    return Fit(training: training, folds: folds)
  }

  @Sendable private static func settings(_ fit: Fit) -> (
    Int, Int, Training.Validation, Bool, Bool, Int?, Bool, Condition?, (any Schedule)?, Training.ClassWeight, Int?, Int?
  ) {
    let training = fit.training
    return (
      training.epochs, training.batch, training.validation, training.isStratified, training.shuffles,
      training.patience, training.restoresBest, training.until, training.schedule, training.classWeight,
      training.batches, fit.folds
    )
  }
}
