import Glibc
import Synchronization

/// The terminal while a command runs: without echo, so that what is typed ahead does not tear the progress bar; it is
/// read, and shown, at the next prompt.
///
/// Keys wait one by one and not as lines, as a typed-ahead Ctrl-D would be an end of file that nobody reads, and lost.
/// Ctrl-C throws away nothing that waits, neither keys nor output, and Ctrl-S does not freeze what is shown.
struct Echo {
  private let before: Modes

  /// Sets the terminal so; nil when standard input is no terminal.
  init?() {
    var modes = termios()
    guard tcgetattr(0, &modes) == 0 else { return nil }
    before = Modes(modes)
    Echo.first.withLock { $0 = $0 ?? Modes(modes) }
    modes.c_lflag &= ~tcflag_t(ECHO | ICANON)
    modes.c_lflag |= tcflag_t(NOFLSH)
    modes.c_iflag &= ~tcflag_t(IXON)
    tcsetattr(0, TCSANOW, &modes)
  }

  /// Sets the terminal as it was.
  func restore() { before.set() }

  /// Sets the terminal as it was before the first command.
  static func restoreFirst() { first.withLock { $0?.set() } }

  /// Lends the terminal, as it was before the first command, to another program; then sets it as it is now.
  static func lent<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    var modes = termios()
    guard tcgetattr(0, &modes) == 0 else { return try body() }
    let now = Modes(modes)
    restoreFirst()
    defer { now.set() }
    return try body()
  }

  private static let first = Mutex<Modes?>(nil)

  /// A terminal's modes.
  private struct Modes: Sendable {
    private let modes: termios

    init(_ modes: termios) { self.modes = modes }

    func set() {
      var modes = modes
      tcsetattr(0, TCSANOW, &modes)
    }
  }
}
