import Workbench

/// Has Ctrl-C watched while a line runs.
final class InterruptWatch: RunObserver {
  private let folder: String?
  private let keyboard: Keyboard
  private let capabilities: Capabilities
  private var monitor: InterruptMonitor?

  /// - Parameter folder: takes the session when a line is cut off; nil for none.
  init(folder: String?, keyboard: Keyboard, _ capabilities: Capabilities) {
    (self.folder, self.keyboard, self.capabilities) = (folder, keyboard, capabilities)
  }

  func willRun(_ statement: Statement, _ session: Session) {
    monitor?.end()
    monitor = InterruptMonitor(session: session, folder: folder, keyboard: keyboard, capabilities)
  }

  func didRun(_ outcome: Outcome, _ session: Session) {
    monitor?.end()
    monitor = nil
  }
}
