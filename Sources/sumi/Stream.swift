import Glibc

/// Standard output or standard error: bytes go out at once, and failures are kept.
final class Stream {
  private let descriptor: Int32
  /// Whether something could not be written: the disk is full, or nobody reads any more.
  private(set) var hasFailed = false

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Whether a person sees it at once.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal; 80 where that is unknown.
  var width: Int { size.ws_col > 0 ? Int(size.ws_col) : 80 }

  /// The terminal's size in cells and, where it tells, in pixels; zeros where that is unknown.
  var size: winsize {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : winsize()
  }

  func write(_ text: String) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count, !hasFailed {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { done += count } else if errno != EINTR { hasFailed = true }
    }
  }
}
