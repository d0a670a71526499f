import Glibc

/// A question that one key answers.
enum Question {
  /// Whether `y` is pressed, or Ctrl-D again; anything else, and the end of the terminal, is no.
  static func answer() -> Bool {
    var before = termios()
    guard tcgetattr(0, &before) == 0 else { return false }
    var modes = before
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    // What was typed before the question is no answer to it.
    tcsetattr(0, TCSAFLUSH, &modes)
    defer { tcsetattr(0, TCSANOW, &before) }
    var key: UInt8 = 0
    while !Interrupt.isEnding {
      var awaited = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      guard poll(&awaited, 1, 250) > 0 else { continue }
      guard read(0, &key, 1) == 1 else { return false }
      return key == UInt8(ascii: "y") || key == UInt8(ascii: "Y") || key == 4
    }
    return false
  }
}
