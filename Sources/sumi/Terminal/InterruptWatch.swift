import Workbench

/// Has Ctrl-C watched while a line runs.
final class InterruptWatch: RunObserver {
  private let folder: String?
  private var monitor: InterruptMonitor?

  /// - Parameter folder: takes the session when a line is cut off; nil for none.
  init(folder: String?) { self.folder = folder }

  func willRun(_ statement: Statement, _ session: Session) {
    monitor?.end()
    monitor = InterruptMonitor(session: session, folder: folder)
  }

  func didRun(_ outcome: Outcome, _ session: Session) {
    monitor?.end()
    monitor = nil
  }
}
