import Glibc

/// The terminal while keys steer a talk: each is read at once, none is shown, and Ctrl-C is one of them.
final class RawMode {
  private var before = termios()
  private let isTerminal: Bool

  /// Sets the terminal so, where standard input is one.
  init() {
    isTerminal = tcgetattr(0, &before) == 0
    enter()
  }

  func enter() {
    guard isTerminal else { return }
    var modes = before
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    modes.c_iflag &= ~tcflag_t(IXON | ICRNL)
    tcsetattr(0, TCSANOW, &modes)
    TerminalModes.keep()
  }

  /// Sets the terminal as it was.
  func leave() {
    guard isTerminal else { return }
    tcsetattr(0, TCSANOW, &before)
    TerminalModes.keep()
  }
}
