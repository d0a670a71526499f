import Workbench

/// Has Ctrl-C watched while a line runs.
final class InterruptWatch: RunObserver {
  private let journal: Journal
  private let keyboard: Keyboard
  private let capabilities: Capabilities
  private var monitor: InterruptMonitor?

  /// - Parameter journal: takes the session when a line is cut off.
  init(journal: Journal, keyboard: Keyboard, _ capabilities: Capabilities) {
    (self.journal, self.keyboard, self.capabilities) = (journal, keyboard, capabilities)
  }

  func willRun(_ statement: Statement, _ session: Session) {
    monitor?.end()
    monitor = InterruptMonitor(session: session, journal: journal, keyboard: keyboard, capabilities)
  }

  func didRun(_ outcome: Outcome, _ session: Session) {
    monitor?.end()
    monitor = nil
  }
}
