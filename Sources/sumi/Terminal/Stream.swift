import Glibc
import Synchronization

/// Standard output or standard error: bytes go out at once, and failures are kept.
final class Stream {
  private let descriptor: Int32
  /// Whether something could not be written: the disk is full, or nobody reads any more.
  var hasFailed: Bool { failure != nil }
  /// The system's number for why not.
  private(set) var failure: Int32?
  /// Held by who writes, and by who asks a question until it is answered.
  private static let turn = Mutex(())

  /// Takes what is written, in the place of a terminal, while a talk is recorded.
  private static let cast = Mutex<Cast?>(nil)

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// What a person who types sees: standard error, or standard output where that alone is a terminal.
  static var person: Stream { Stream(isatty(2) != 1 && isatty(1) == 1 ? 1 : 2) }

  /// From now on all that is written is what a terminal of a recording shows.
  static func record(to cast: Cast) { self.cast.withLock { $0 = cast } }

  /// From now on what is written is seen at once again.
  static func endRecording() { cast.withLock { $0 = nil } }

  private static var recording: Cast? { cast.withLock { $0 } }

  /// Whether what is written is recorded.
  static var isRecorded: Bool { recording != nil }

  /// Whether a person sees it at once.
  var isTerminal: Bool { Stream.isRecorded || isatty(descriptor) == 1 }

  /// Columns of the terminal; 80 where that is unknown.
  var width: Int { size.ws_col > 0 ? Int(size.ws_col) : 80 }

  /// Rows of the terminal; 24 where that is unknown.
  var height: Int { size.ws_row > 0 ? Int(size.ws_row) : 24 }

  func write(_ text: String) { Stream.turn.withLock { _ in put(text) } }

  /// What a person sees, while nobody else writes.
  static func exclusively(_ body: (Stream) -> Void) { turn.withLock { _ in body(person) } }

  /// Writes without waiting for a turn.
  func put(_ text: String) {
    if let cast = Stream.recording {
      cast.add(text)
      failure = failure ?? cast.failure
      return
    }
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count, !hasFailed {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      let code = errno
      if count >= 0 { done += count } else if !canGoOn(after: code) { failure = code }
    }
  }

  /// What to say on standard error where something could not be written; nil where all was, or nobody reads any more.
  static func complaint(_ failure: Int32?) -> String? {
    guard let failure, failure != EPIPE else { return nil }
    return "error: standard output cannot be written: \(String(cString: strerror(failure)))\n"
  }

  /// Whether to try again; waits until a pipe that does not block has room.
  private func canGoOn(after code: Int32) -> Bool {
    guard code == EAGAIN || code == EWOULDBLOCK else { return code == EINTR }
    var awaited = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&awaited, 1, -1) >= 0 || errno == EINTR
  }

  /// The terminal's size in cells and, where it tells, in pixels; zeros where that is unknown.
  var size: winsize {
    var size = winsize()
    if Stream.isRecorded {
      return winsize(ws_row: UInt16(Cast.rows), ws_col: UInt16(Cast.columns), ws_xpixel: 0, ws_ypixel: 0)
    }
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : winsize()
  }
}
