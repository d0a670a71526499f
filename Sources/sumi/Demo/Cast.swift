import Glibc
import Synchronization
import Workbench

/// A recording of a terminal, as asciinema plays it: asciicast v2, a header and then an event a line.
final class Cast: Sendable {
  static let columns = 80, rows = 24

  private struct State {
    /// Seconds that passed for the audience only.
    var passed = 0.0
    var failure: Int32?
  }

  private let state = Mutex(State())
  private let descriptor: Int32
  private let start = ContinuousClock.now

  /// Begins a recording on a descriptor.
  init(_ descriptor: Int32, title: String, startedAt seconds: Int) {
    self.descriptor = descriptor
    let header = JSON.object([
      ("version", 2), ("width", .integer(Cast.columns)), ("height", .integer(Cast.rows)),
      ("timestamp", .integer(seconds)),
      ("title", .text(title)), ("env", .object([("TERM", "xterm-256color"), ("SHELL", "sumi")])),
    ])
    state.withLock { write(header, &$0) }
  }

  /// The system's number for why something could not be written; nil where all was.
  var failure: Int32? { state.withLock { $0.failure } }

  /// What the terminal is sent.
  func add(_ text: String) {
    state.withLock { state in
      let time = (ContinuousClock.now - start) / .seconds(1) + state.passed
      write(.list([.number((time * 1e6).rounded() / 1e6), "o", .text(text.replacing("\n", with: "\r\n"))]), &state)
    }
  }

  /// Lets time pass in the recording.
  func pass(_ seconds: Double) { state.withLock { $0.passed += seconds } }

  private func write(_ line: JSON, _ state: inout State) {
    let bytes = Array((line.text + "\n").utf8)
    var done = 0
    while done < bytes.count, state.failure == nil {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { done += count } else if errno != EINTR { state.failure = errno }
    }
  }
}
