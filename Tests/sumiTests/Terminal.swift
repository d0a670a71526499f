import Foundation
import Glibc
import Testing

/// The built program on a pseudo-terminal, with a person's hands on the keyboard.
final class Terminal {
  private let master: Int32
  private let home: Home?
  private let spawn: Spawn
  private var isHungUp = false
  private var bytes: [UInt8] = []
  /// Characters of the text that an expectation has been found in.
  private var seen = 0

  /// Seconds that an answer may take on a machine that has much to do.
  private static let patience = 30.0

  /// - Parameters:
  ///   - input: stands for the keyboard, such as a pipe.
  ///   - output: takes standard output, and `errors` standard error, instead of the screen.
  init(
    _ arguments: String..., environment: [String: String] = [:], columns: UInt16 = 80, rows: UInt16 = 24,
    input: Int32? = nil, output: Int32? = nil, errors: Int32? = nil, more: [String] = []
  ) throws {
    var (master, slave) = (Int32(-1), Int32(-1))
    var name = [CChar](repeating: 0, count: 128)
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    let failure = Channel.exclusively {
      let failure = openpty(&master, &slave, &name, nil, &size)
      [master, slave].forEach(Channel.keep)
      return failure
    }
    try #require(failure == 0)
    self.master = master
    home = environment["HOME"] == nil ? try Home() : nil
    let standard = ["TERM": "xterm", "LANG": "C.UTF-8"].merging(home?.environment ?? [:]) { $1 }
    let path = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    spawn = try Spawn(
      arguments + more, environment: standard.merging(environment) { $1 }, descriptors: [input, output, errors],
      terminal: path)
    close(slave)
  }

  deinit { if !isHungUp { close(master) } }

  /// The keys, in UTF-8.
  func type(_ keys: String) {
    let keys = Array(keys.utf8)
    var done = 0
    while done < keys.count {
      // The program may have to be listened to before it listens.
      while read(within: 0) {}
      let count = keys[done...].prefix(2048).withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else {
        Issue.record("the terminal takes no keys")
        return
      }
      done += count
    }
  }

  /// The window gets another size.
  func resize(columns: UInt16, rows: UInt16 = 24) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    #expect(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
  }

  /// The terminal goes away, as when its window is closed.
  func hangUp() {
    close(master)
    isHungUp = true
  }

  /// Waits for the end of a program whose terminal is gone.
  func endWithoutTerminal() -> Int32? { spawn.wait(seconds: 20) }

  func interrupt() { send(SIGINT) }

  /// Whether the terminal echoes what is typed, and hands it on a line at a time, as a shell left it.
  var isAsFound: Bool {
    var modes = termios()
    return tcgetattr(master, &modes) == 0 && modes.c_lflag & tcflag_t(ECHO | ICANON) == tcflag_t(ECHO | ICANON)
  }

  func send(_ signal: Int32) { kill(spawn.process, signal) }

  /// Waits until the text appears behind what was expected before; what came in between.
  @discardableResult
  func expect(_ needle: String, _ place: SourceLocation = #_sourceLocation) throws -> String {
    let deadline = Date().addingTimeInterval(Terminal.patience)
    while true {
      let text = text
      let rest = text.dropFirst(seen)
      if let range = rest.range(of: needle) {
        seen = text.distance(from: text.startIndex, to: range.upperBound)
        return String(rest[..<range.upperBound])
      }
      let left = deadline.timeIntervalSinceNow
      guard left > 0, read(within: left) else {
        Issue.record("expected \"\(needle)\", saw \"\(rest.suffix(2000))\"", sourceLocation: place)
        throw Missing()
      }
    }
  }

  /// Waits until nothing has come for a moment: the program waits for a key, or works.
  func settle() throws { while read(within: 0.25) {} }

  struct Missing: Error {}

  /// Reads to the end and waits for the process.
  func end() -> Int32? {
    while read(within: Terminal.patience) {}
    return spawn.wait(seconds: 5)
  }

  /// All that came, without the sequences that steer the terminal.
  var text: String {
    String(decoding: bytes, as: UTF8.self).replacingOccurrences(
      of: "\u{1b}(\\[[0-9;?]*[A-Za-z]?|[=>()][0-9A-Z]?)", with: "", options: .regularExpression)
  }

  /// All that came, as it came.
  var raw: String { String(decoding: bytes, as: UTF8.self) }

  /// False at the end, or when nothing came.
  private func read(within seconds: Double) -> Bool {
    var awaited = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&awaited, 1, Int32(seconds * 1000)) > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(master, &chunk, chunk.count)
    guard count > 0 else { return false }
    bytes += chunk[..<count]
    return true
  }
}
