import Glibc

/// Leaves the terminal usable when the program faults: its modes and colours as they were, then the system's usual end.
///
/// Every call in here is safe inside a signal handler.
enum FaultHandler {
  private static let faults = [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS]
  /// Where a handler runs, as the stack may have no room left; kept as long as the program.
  private nonisolated(unsafe) static let stack = UnsafeMutableRawBufferPointer.allocate(
    byteCount: 65_536, alignment: 16)
  /// No bracketed paste, usual colours, a visible cursor.
  private nonisolated(unsafe) static let reset: (start: UnsafeMutablePointer<CChar>?, count: Int) = {
    let text = "\u{1b}[?2004l\u{1b}[0m\u{1b}[?25h"
    return (strdup(text), text.utf8.count)
  }()
  private nonisolated(unsafe) static var hasSequences = false

  /// - Parameter hasSequences: whether the terminal understands more than characters.
  static func install(hasSequences: Bool) {
    _ = reset
    self.hasSequences = hasSequences
    var memory = stack_t()
    (memory.ss_sp, memory.ss_size) = (stack.baseAddress, stack.count)
    sigaltstack(&memory, nil)
    for fault in faults { handle(fault) }
  }

  /// Restores the terminal and ends the program as the signal does by itself.
  static func end(_ signal: Int32) {
    restore()
    Glibc.signal(signal, SIG_DFL)
    raise(signal)
  }

  /// Restores the terminal.
  static func restore() {
    TerminalModes.restore()
    if hasSequences, isatty(1) == 1, let start = reset.start { _ = write(1, start, reset.count) }
  }

  private static func handle(_ signal: Int32) {
    var action = sigaction()
    sigemptyset(&action.sa_mask)
    // Not blocked inside itself, so that raising it again ends the program there.
    action.sa_flags = SA_ONSTACK | Int32(bitPattern: UInt32(SA_NODEFER))
    action.__sigaction_handler.sa_handler = { @Sendable in FaultHandler.end($0) }
    sigaction(signal, &action, nil)
  }
}
