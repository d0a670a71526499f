import Glibc
import Synchronization

/// Signals: each handler stores one number, and whoever works or waits looks at it.
enum Interrupt {
  private static let pressed = Atomic<Int>(0)
  private static let resized = Atomic<Bool>(false)
  private static let ending = Atomic<Int32>(0)

  /// Whether Ctrl-C was pressed since `clear`, or the program shall end.
  static var isRequested: Bool { presses > 0 || isEnding }

  /// How often Ctrl-C was pressed since `clear`.
  static var presses: Int { pressed.load(ordering: .relaxed) }

  /// Whether the terminal was hung up, or somebody asked the program to end.
  static var isEnding: Bool { signal != 0 }

  /// The signal that ends the program; 0 for none.
  static var signal: Int32 { ending.load(ordering: .relaxed) }

  static func clear() { pressed.store(0, ordering: .relaxed) }

  /// Forgets all but the first press.
  static func forgetSecond() { pressed.store(1, ordering: .relaxed) }

  /// Whether the window has another size since the last call.
  static func takeResize() -> Bool { resized.exchange(false, ordering: .relaxed) }

  /// From now on Ctrl-C is counted, and a reader that went away or a file that may not grow is told by an error
  /// instead of a signal.
  static func install() {
    // Makes the numbers now, not inside a handler.
    clear()
    _ = (takeResize(), isEnding)
    handle(SIGINT) { @Sendable _ in Interrupt.pressed.wrappingAdd(1, ordering: .relaxed) }
    handle(SIGHUP) { @Sendable in Interrupt.ending.store($0, ordering: .relaxed) }
    handle(SIGTERM) { @Sendable in Interrupt.ending.store($0, ordering: .relaxed) }
    handle(SIGQUIT) { @Sendable in
      // Who asks a second time does not want to wait.
      if Interrupt.ending.exchange($0, ordering: .relaxed) == $0 { FaultHandler.end($0) }
    }
    Glibc.signal(SIGPIPE, SIG_IGN)
    Glibc.signal(SIGXFSZ, SIG_IGN)
  }

  /// What the prompt needs besides: the window's size, and the terminal as others left it while the program slept.
  static func installForPrompt() {
    handle(SIGWINCH) { @Sendable _ in Interrupt.resized.store(true, ordering: .relaxed) }
    handleSleep()
    handle(SIGCONT) { @Sendable _ in
      TerminalModes.resume()
      Interrupt.resized.store(true, ordering: .relaxed)
    }
  }

  /// Ctrl-Z: the shell gets the terminal as it lent it.
  private static func handleSleep() {
    handle(SIGTSTP) { @Sendable signal in
      FaultHandler.end(signal)
      // Awake again, or never asleep, as where no shell could wake it.
      Interrupt.handleSleep()
      TerminalModes.resume()
    }
  }

  /// Ignores a signal; what was done at it before.
  static func ignore(_ signal: Int32) -> sigaction {
    var (action, before) = (sigaction(), sigaction())
    sigemptyset(&action.sa_mask)
    action.__sigaction_handler.sa_handler = SIG_IGN
    sigaction(signal, &action, &before)
    return before
  }

  /// Does at a signal what was done before.
  static func restore(_ signal: Int32, _ before: sigaction) {
    var before = before
    sigaction(signal, &before, nil)
  }

  private static func handle(_ signal: Int32, _ handler: @escaping @Sendable @convention(c) (Int32) -> Void) {
    var action = sigaction()
    // Under nohup a terminal that goes away ends nothing; without a shell nobody could wake the program.
    sigaction(signal, nil, &action)
    let isIgnored = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    if isIgnored, [SIGHUP, SIGTSTP].contains(signal) { return }
    action = sigaction()
    sigemptyset(&action.sa_mask)
    action.sa_flags = SA_RESTART | Int32(bitPattern: UInt32(SA_NODEFER))
    action.__sigaction_handler.sa_handler = handler
    sigaction(signal, &action, nil)
  }
}
