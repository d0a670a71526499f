import CEditline
import Glibc

/// Reads what is typed, a character at a time; keys that send several bytes become one private character.
final class Keyboard {
  /// Whether the terminal went away.
  private(set) var isGone = false
  /// Characters that come before what is typed.
  private var waiting: [Unicode.Scalar] = []

  /// Milliseconds in which the bytes of one key follow each other.
  private static let pause: Int32 = 40
  /// Milliseconds after which a signal is seen that came just before the wait.
  private static let longest: Int32 = 250

  /// Whether something can be read without waiting.
  var hasMore: Bool { !waiting.isEmpty || ready(within: 0) }

  /// The next character; nil when the terminal is gone or the program is asked to end.
  /// - Parameter resized: called when the window has another size.
  func next(resized: () -> Void = {}) -> Unicode.Scalar? {
    if !waiting.isEmpty { return waiting.removeFirst() }
    repeat {
      if Interrupt.isEnding { return nil }
      if Interrupt.takeResize() { resized() }
    } while !ready(within: Keyboard.longest)
    guard let scalar = scalar() else { return nil }
    return scalar == "\u{1b}" ? key() : scalar
  }

  /// Puts characters back, to be read next.
  func putBack(_ scalar: Unicode.Scalar) { waiting.insert(scalar, at: 0) }

  /// ESC alone, or a key that begins with it.
  private func key() -> Unicode.Scalar {
    let escape: Unicode.Scalar = "\u{1b}"
    guard ready(within: Keyboard.pause), let second = scalar() else { return escape }
    guard second == "[" || second == "O" else {
      waiting.append(second)
      return escape
    }
    var sequence = [second]
    while sequence.count < 16, ready(within: Keyboard.pause), let scalar = scalar() {
      sequence.append(scalar)
      if ("@"..."~").contains(scalar) { break }
    }
    if let key = Key.of(String(String.UnicodeScalarView(sequence))) { return key.code }
    waiting += sequence
    return escape
  }

  private func ready(within milliseconds: Int32) -> Bool {
    var awaited = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    return poll(&awaited, 1, milliseconds) > 0
  }

  /// One character of UTF-8; U+FFFD for bytes that are none.
  private func scalar() -> Unicode.Scalar? {
    guard let first = byte() else { return nil }
    if first < 0x80 { return Unicode.Scalar(first) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
    var bytes = [first]
    while bytes.count < length, let next = byte() { bytes.append(next) }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.first
  }

  private func byte() -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = read(0, &byte, 1)
      if count == 1 { return byte }
      if count < 0, errno == EINTR, !Interrupt.isEnding { continue }
      isGone = true
      return nil
    }
  }
}
