import Glibc
import Synchronization

/// The modes of the terminal: as they were when the program began, and as they are while it has the terminal.
///
/// From the first prompt to the end nothing is echoed by the terminal, so that what is typed ahead does not tear the
/// progress bar, and keys wait one by one and not as lines, as a typed-ahead Ctrl-D would be an end of file that nobody
/// reads, and lost. Ctrl-C throws away nothing that waits, neither keys nor output, and Ctrl-S freezes nothing.
enum TerminalModes {
  /// Read inside signal handlers, so they are plain memory and written before a handler can look at them.
  private nonisolated(unsafe) static let first = UnsafeMutablePointer<termios>.allocate(capacity: 1)
  private nonisolated(unsafe) static let wanted = UnsafeMutablePointer<termios>.allocate(capacity: 1)
  private static let isTaken = Atomic<Bool>(false)

  /// What libedit is told about the modes between its lines, so that they are these ones.
  static let betweenLines = ["-icanon", "-echo", "+noflsh", "-ixon"]

  /// Remembers the modes that the program found; before anything changes them.
  static func remember() {
    wanted.initialize(to: termios())
    first.initialize(to: termios())
    _ = isTaken.load(ordering: .relaxed)
    if tcgetattr(0, first) == 0 { wanted.update(from: first, count: 1) }
  }

  /// Has the terminal from now on, in whichever modes it is; they come back when the program sleeps and wakes.
  static func keep() {
    guard tcgetattr(0, wanted) == 0 else { return }
    isTaken.store(true, ordering: .relaxed)
  }

  /// Gives the terminal back as it was found. Safe inside a signal handler.
  static func restore() {
    guard isTaken.load(ordering: .relaxed) else { return }
    setInForeground(first)
  }

  /// Takes the terminal again, as it was kept. Safe inside a signal handler.
  static func resume() {
    guard isTaken.load(ordering: .relaxed) else { return }
    setInForeground(wanted)
  }

  /// Lends the terminal, as it was found, to another program; then it is as it was before.
  static func lent<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    guard isTaken.load(ordering: .relaxed) else { return try body() }
    restore()
    isTaken.store(false, ordering: .relaxed)
    defer {
      isTaken.store(true, ordering: .relaxed)
      resume()
    }
    return try body()
  }

  /// The modes that a change left, to be brought back.
  struct Change {
    fileprivate let before: termios

    func undo() {
      var before = before
      tcsetattr(0, TCSANOW, &before)
    }
  }

  /// Has keys come one by one and unseen; nil when standard input is no terminal.
  /// - Parameter isRaw: whether Ctrl-C is a key, too.
  static func quieten(isRaw: Bool = false) -> Change? {
    var modes = termios()
    guard tcgetattr(0, &modes) == 0 else { return nil }
    let change = Change(before: modes)
    modes.c_lflag &= ~tcflag_t(ECHO | ICANON | (isRaw ? ISIG : 0))
    tcsetattr(0, TCSANOW, &modes)
    return change
  }

  /// Whether what is typed comes as lines.
  static var isCanonical: Bool {
    var modes = termios()
    return tcgetattr(0, &modes) == 0 && modes.c_lflag & tcflag_t(ICANON) != 0
  }

  /// In the background a change of modes would stop the program.
  private static func setInForeground(_ modes: UnsafeMutablePointer<termios>) {
    if tcgetpgrp(0) == getpgrp() { tcsetattr(0, TCSANOW, modes) }
  }
}
