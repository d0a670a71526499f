import Engine
import Interchange
import Pictures

/// Writes what TensorBoard shows, where `set tensorboard` has named a folder: figures of every epoch as it ends, the
/// weights at the end of a fit, and the pictures of `confusion` and `show errors`.
///
/// What cannot be written hinders nothing: the work goes on, and the folder was tried when it was named.
public final class TensorBoardObserver: RunObserver {
  private let preferences: Preferences
  /// Seconds since 1970.
  private let time: () -> Double
  /// A run that is written: where, and the epoch that it has come to.
  private struct Run {
    let folder: String
    let events: EventFile
    var epoch = 0
  }

  /// The run of the session, and that of a combination that `compare` tries.
  private var (own, tried): (Run?, Run?)
  private var command: (any Command)?

  public init(_ preferences: Preferences, time: @escaping () -> Double) {
    (self.preferences, self.time) = (preferences, time)
  }

  public func willRun(_ statement: Statement, _ session: Session) { command = statement.command }

  public func progress(_ progress: Training.Progress) {
    // The folds of a fit are no epochs of the session's network.
    guard let epoch = progress.finished, (command as? Fit)?.folds == nil else { return }
    // First weights, or those of an epoch that was undone, begin a run of their own.
    if epoch.number <= run?.epoch ?? 0 { run = nil }
    var summary = BoardSummary()
    for figure in epoch.figures { summary.add(scalar: figure.value, figure.name) }
    summary.add(scalar: epoch.learningRate, "learning_rate")
    write(summary, step: epoch.number)
    run?.epoch = epoch.number
  }

  /// The run that what happens now belongs to.
  private var run: Run? {
    get { command is Compare ? tried : own }
    set { if command is Compare { tried = newValue } else { own = newValue } }
  }

  public func didRun(_ outcome: Outcome, _ session: Session) {
    tried = nil
    guard preferences.settings.tensorboard != nil, let answer = outcome.answer else { return }
    let step = session.history.last?.number ?? 0
    var summary = BoardSummary()
    if answer is FitAnswer, let network = session.network {
      for tensor in network.tensors { summary.add(histogram: network[tensor], tensor.name) }
    } else if command is Confusion || command is ShowErrors,
      let png = try? Page(answer.figures).file(.png, theme: .light)
    {
      summary.add(png: png, command is Confusion ? "confusion" : "errors")
    } else {
      return
    }
    write(summary, step: step)
  }

  private func write(_ summary: BoardSummary, step: Int) {
    guard let folder = preferences.settings.tensorboard, let events = try? events(in: folder) else { return }
    try? events.append(summary, step: step, time: time())
  }

  /// The file of this run; each run from first weights has a folder of its own, numbered.
  private func events(in folder: String) throws -> EventFile {
    if let run, run.folder == folder { return run.events }
    let taken = (EventFile.runs(in: folder).max() ?? 0) + 1
    let events = try EventFile(in: "\(folder)/run-\(taken)", time: time())
    run = Run(folder: folder, events: events)
    return events
  }
}
