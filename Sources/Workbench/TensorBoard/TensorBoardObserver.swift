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
  private var file: (folder: String, events: EventFile)?
  private var command: (any Command)?

  public init(_ preferences: Preferences, time: @escaping () -> Double) {
    (self.preferences, self.time) = (preferences, time)
  }

  public func willRun(_ statement: Statement, _ session: Session) { command = statement.command }

  public func progress(_ progress: Training.Progress) {
    // The folds of a fit are no epochs of the session's network.
    guard let epoch = progress.finished, (command as? Fit)?.folds == nil else { return }
    if epoch.number == 1 { file = nil }
    var summary = BoardSummary()
    for figure in epoch.figures { summary.add(scalar: figure.value, figure.name) }
    summary.add(scalar: epoch.learningRate, "learning_rate")
    write(summary, step: epoch.number)
  }

  public func didRun(_ outcome: Outcome, _ session: Session) {
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
    if let file, file.folder == folder { return file.events }
    let taken = (EventFile.runs(in: folder).max() ?? 0) + 1
    let events = try EventFile(in: "\(folder)/run-\(taken)", time: time())
    file = (folder, events)
    return events
  }
}
