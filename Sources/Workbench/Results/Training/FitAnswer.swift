import Engine
import Pictures

/// What came of a `fit`.
struct FitAnswer: Answer {
  let training: Training
  let outcome: Training.Outcome
  /// All epochs over several fits, this one's included.
  let history: SharedList<Epoch>

  var json: JSON {
    .object([
      ("epochs", .integer(outcome.epochs.count)), ("batch", .integer(training.batch)),
      ("interrupted", .bool(outcome.end == .interrupted)), ("stopped", stopped.map(JSON.text) ?? .null),
      ("best", outcome.best.map(JSON.integer) ?? .null), ("history", .list(outcome.epochs.map(\.json))),
    ])
  }

  /// The epochs of this fit, for a file.
  var pictures: [any Picture] { [EpochTable.table(outcome.epochs)] }

  /// The curves of all fits.
  var figures: [any Picture] { shown + Curves.of(history) }

  /// The epochs were shown while it ran.
  var shown: [any Picture] {
    guard let last = outcome.epochs.last else { return [] }
    let figures = last.figures.map { "\($0.name) \(figureText($0.value))" }.joined(separator: ", ")
    let seconds = outcome.epochs.reduce(0) { $0 + $1.seconds }
    let count = outcome.epochs.count
    let what =
      outcome.end == .interrupted
      ? "stopped in epoch \(last.number), after \(counted(outcome.batches, "batch", "batches"))"
      : counted(count, "epoch")
    return [Paragraph(["\(what) in \(volatile: duration(seconds)): \(figures)", curve])]
  }

  var notes: [Line] { [rowsNote, endNote, restoredNote].compactMap { $0.map { Line($0) } } }

  /// What goes on with an interrupted fit: the same choices, for the epochs that were left.
  var nextLine: String? {
    guard outcome.end == .interrupted, epochsLeft > 0 else { return nil }
    var rest = training
    rest.epochs = epochsLeft
    rest.batches = nil
    return Fit.form.line(Fit(training: rest, folds: nil))
  }

  /// Epochs that an interruption left, the one that it broke off included.
  private var epochsLeft: Int {
    let batch = max(1, min(training.batch, outcome.rows.train.count))
    let isWhole = (outcome.epochs.last?.batches ?? 0) * batch >= outcome.rows.train.count
    return training.epochs - outcome.epochs.count + (isWhole ? 0 : 1)
  }

  /// How the loss went, and the best epoch of all fits: `loss █▅▃▂▁ 0.2567 → 0.0123   best epoch 8, val_loss 0.0612`.
  private var curve: Line {
    let losses = outcome.epochs.map(\.training.loss)
    let (first, last) = (figureText(losses.first ?? 0), figureText(losses.last ?? 0))
    let way = losses.count > 1 ? "\(first) → \(last)" : last
    return Line("loss ") + Line(Sparkline.text(losses, columns: 30), Style(.blue)) + Line(" \(way)\(best)")
  }

  private var best: String {
    guard let best = history.best else { return "" }
    return "   best epoch \(best.number), \(best.monitoredName) \(figureText(best.monitored))"
  }

  /// Which examples only validated.
  private var rowsNote: String? {
    switch training.validation {
    case .none: return nil
    case .test: return "validated with the test examples"
    case .share(let share):
      let (train, rest) = (outcome.rows.train.count, outcome.rows.validation.count)
      guard !training.isStratified, let first = outcome.rows.validation.first else {
        return "trained with \(counted(train, "example")); the last \(percent(share)) of each class, \(grouped(rest)) "
          + "in all, only validated"
      }
      return "trained with \(counted(train, "example")); the last \(grouped(rest)), from \(first) on, only validated"
    }
  }

  /// Why it ended before its time, and how to go on.
  private var endNote: String? {
    switch outcome.end {
    case .finished: nil
    case .interrupted:
      nextLine.map { "what was learnt is kept; to go on: \($0)" }
        ?? "what was learnt is kept; only the last validation was left out"
    case .patience(let epochs):
      "stopped, as \(outcome.epochs.last?.monitoredName ?? "loss") did not get better for \(counted(epochs, "epoch"))"
    case .fulfilled: "stopped, as \(training.until?.text ?? "")"
    case .notFinite(let epoch, let batch):
      "stopped: the loss was not finite at batch \(batch) of epoch \(epoch); the weights are those that last gave a "
        + "finite loss; try a smaller learning rate"
    case .unreadable(let refusal): "stopped: \(refusal.message); what was learnt is kept"
    }
  }

  /// Which epoch the weights are of, where that is not the last.
  private var restoredNote: String? {
    guard training.restoresBest, let best = outcome.best, best != outcome.epochs.last?.number else { return nil }
    return "the weights are those of epoch \(best), the best of this fit"
  }

  private var stopped: String? {
    switch outcome.end {
    case .finished: nil
    case .interrupted: "interrupted"
    case .patience: "patience"
    case .fulfilled: "until"
    case .notFinite: "not finite"
    case .unreadable: "unreadable"
    }
  }
}
