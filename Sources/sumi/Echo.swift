import Glibc

/// The terminal's echo: off while a command runs, so that what is typed ahead does not tear the progress bar; it is read,
/// and shown, at the next prompt.
struct Echo {
  private let before: termios

  /// Turns the echo off; nil when standard input is no terminal.
  init?() {
    var modes = termios()
    guard tcgetattr(0, &modes) == 0 else { return nil }
    before = modes
    modes.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(0, TCSANOW, &modes)
  }

  /// Sets the terminal as it was.
  func restore() {
    var modes = before
    tcsetattr(0, TCSANOW, &modes)
  }
}
