import Glibc

/// The terminal while keys steer a talk: each is read at once, none is shown, and Ctrl-C is one of them.
struct RawMode {
  private var before = termios()

  /// Sets the terminal so; nil when standard input is none.
  init?() {
    guard tcgetattr(0, &before) == 0 else { return nil }
    var modes = before
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    modes.c_iflag &= ~tcflag_t(IXON | ICRNL)
    tcsetattr(0, TCSANOW, &modes)
  }

  func restore() {
    var modes = before
    tcsetattr(0, TCSANOW, &modes)
  }
}
