import Glibc

/// Asks the terminal what it can show, once, and never waits longer than a tenth of a second for the answer.
enum TerminalQuery {
  /// Seconds to wait, and seconds more in which a late answer is thrown away, so that it is not read as typed.
  private static let patience = (answer: 0.1, late: 0.15)

  /// The terminal's answer; empty when it gives none, or cannot be asked.
  static func ask(isInside: Bool) -> String {
    // Only in the foreground may a program change the terminal's modes; nothing typed ahead may be swallowed.
    guard isatty(0) == 1, isatty(1) == 1, tcgetpgrp(0) == getpgrp() else { return "" }
    var before = termios()
    guard tcgetattr(0, &before) == 0 else { return "" }
    var modes = before
    modes.c_lflag &= ~tcflag_t(ECHO | ICANON)
    guard tcsetattr(0, TCSANOW, &modes) == 0 else { return "" }
    defer { tcsetattr(0, TCSANOW, &before) }
    var awaited = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    guard poll(&awaited, 1, 0) == 0 else { return "" }
    // kitty's query, the background's colour, a cell's size; last the attributes, which every terminal answers.
    let kitty = isInside ? "" : "\u{1b}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1b}\\"
    let text = Array((kitty + "\u{1b}]11;?\u{1b}\\" + "\u{1b}[16t" + "\u{1b}[c").utf8)
    guard write(1, text, text.count) == text.count else { return "" }
    let answer = read(for: patience.answer)
    if !isComplete(answer) { _ = read(for: patience.late) }
    return isComplete(answer) ? String(decoding: answer, as: UTF8.self) : ""
  }

  /// Reads until the attributes have come or the time is over.
  private static func read(for seconds: Double) -> [UInt8] {
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(Int(seconds * 1000))
    var bytes: [UInt8] = []
    while !isComplete(bytes), bytes.count < 4096 {
      let left = (end - clock.now) / .milliseconds(1)
      var awaited = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      guard left > 0, poll(&awaited, 1, Int32(left.rounded(.up))) > 0 else { break }
      var chunk = [UInt8](repeating: 0, count: 512)
      let count = Glibc.read(0, &chunk, chunk.count)
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  /// Whether `ESC [ ? … c` is there.
  private static func isComplete(_ bytes: [UInt8]) -> Bool {
    guard let start = bytes.indices.last(where: { bytes[$0...].starts(with: Array("\u{1b}[?".utf8)) }) else {
      return false
    }
    return bytes[start...].contains(UInt8(ascii: "c"))
  }
}
