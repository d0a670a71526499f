import Glibc

/// Lines from a descriptor as they come; ones that end in `\` together with the ones behind them.
struct Input {
  struct Line {
    let bytes: [UInt8]
    /// The number of its first line, from 1.
    let number: Int
  }

  private let descriptor: Int32
  /// Whether Ctrl-C ends it while nothing comes; otherwise that is nothing to stop.
  private let endsWithInterrupt: Bool
  private var buffer: [UInt8] = []
  private var number = 1

  init(descriptor: Int32, endsWithInterrupt: Bool) {
    (self.descriptor, self.endsWithInterrupt) = (descriptor, endsWithInterrupt)
  }

  /// The next line without its line break, the last one also without; nil at the end.
  mutating func next() -> Line? {
    var bytes: [UInt8] = []
    let first = number
    while let line = physicalLine() {
      number += 1
      bytes += line
      if line.last != UInt8(ascii: "\\") { return Line(bytes: bytes, number: first) }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes.isEmpty ? nil : Line(bytes: bytes, number: first)
  }

  private mutating func physicalLine() -> [UInt8]? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        var line = Array(buffer[..<end])
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        buffer.removeFirst(end + 1)
        return line
      }
      guard let more = read() else {
        defer { buffer = [] }
        return buffer.isEmpty ? nil : buffer
      }
      buffer += more
    }
  }

  /// The next bytes; nil at the end, or when Ctrl-C comes while nothing else does.
  private func read() -> [UInt8]? {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      guard wait() else { return nil }
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count > 0 { return Array(chunk[..<count]) }
      if count == 0 || (errno != EINTR && errno != EAGAIN) { return nil }
    }
  }

  /// Waits for bytes or for the end of them; false when Ctrl-C comes first, which a read would not notice.
  private func wait() -> Bool {
    var awaited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      if !endsWithInterrupt { Interrupt.clear() }
      if Interrupt.isRequested { return false }
      if poll(&awaited, 1, 200) > 0 { return true }
    }
  }
}
