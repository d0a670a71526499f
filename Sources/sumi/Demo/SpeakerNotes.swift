import Files
import Glibc
import Grammar

/// Notes for the speaker on a terminal of their own, or in a file.
struct SpeakerNotes {
  private let descriptor: Int32
  private let isTerminal: Bool

  /// - Throws: `Refusal` when it cannot be written to.
  init(_ path: String) throws(Refusal) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Refusal(FileError(path, .unwritable, code: errno)) }
    isTerminal = isatty(descriptor) == 1
  }

  /// Shows the notes of a step; what cannot be shown there must not stop a talk.
  func show(_ lines: [String]) {
    let text = lines.map { $0 + (isTerminal ? "\r\n" : "\n") }.joined()
    let page = isTerminal ? CursorControl.home + CursorControl.clearBelow + text : text + "\n"
    let bytes = Array(page.utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  func end() { close(descriptor) }
}
