import Glibc
import Synchronization

/// Ctrl-C while something runs: the handler stores one flag, and whoever works looks at it.
enum Interrupt {
  private static let flag = Atomic<Bool>(false)

  /// Whether Ctrl-C was pressed since `clear`.
  static var isRequested: Bool { flag.load(ordering: .relaxed) }

  static func clear() { flag.store(false, ordering: .relaxed) }

  /// From now on Ctrl-C sets the flag, and a reader that went away is told by an error instead of a signal.
  static func install() {
    clear()  // makes the flag now, not inside the handler
    var action = sigaction()
    sigemptyset(&action.sa_mask)
    action.sa_flags = SA_RESTART
    action.__sigaction_handler.sa_handler = { @Sendable _ in Interrupt.flag.store(true, ordering: .relaxed) }
    sigaction(SIGINT, &action, nil)
    signal(SIGPIPE, SIG_IGN)
  }
}
