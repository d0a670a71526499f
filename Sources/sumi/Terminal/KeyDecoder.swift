import Glibc

/// Makes keystrokes of the bytes that a terminal sends.
///
/// What has no meaning is swallowed, whole or torn; so nothing but what a person typed becomes input.
struct KeyDecoder {
  private var bytes: [UInt8] = []
  private var head = 0
  /// Where in the bytes the paste begins that has not ended yet, and how far its end has been looked for.
  private var paste: (start: Int, searched: Int)?
  /// Whether Ctrl-C was pressed within the paste, so that the rest of it is dropped.
  private var isPasteDropped = false

  /// Milliseconds after which what is unfinished will not go on; nil when nothing is unfinished, or a paste, which
  /// takes as long as it takes.
  private(set) var patience: Int32?

  private static let pasteEnd = Array("\u{1b}[201~".utf8)

  /// Whether a paste is under way, so that much more is to be read.
  var isPasting: Bool { paste != nil }

  /// Whether there is nothing left of what was sent.
  var isEmpty: Bool { head == bytes.count && paste == nil }

  mutating func append(_ more: some Sequence<UInt8>) { bytes += more }

  /// The next keystroke that is whole; nil when more has to come.
  mutating func next() -> Keystroke? {
    patience = nil
    while paste != nil || head < bytes.count {
      if paste != nil { return endOfPaste() }
      guard let found = step(isOver: false) else { return nil }
      if let keystroke = found.keystroke { return keystroke }
    }
    (bytes, head) = ([], 0)
    return nil
  }

  /// The next character as it is sent, ESC too; nil when more has to come.
  mutating func nextAsSent() -> Unicode.Scalar? {
    patience = nil
    guard paste == nil, let (scalar, length) = KeyDecoder.scalar(bytes[head...], isOver: false) else { return nil }
    head += length
    return scalar
  }

  /// What is unfinished does not go on: ESC alone is a key, everything else is swallowed.
  mutating func giveUp() -> Keystroke? {
    patience = nil
    guard paste == nil, head < bytes.count, let found = step(isOver: true) else { return nil }
    return found.keystroke
  }

  private struct Found { let keystroke: Keystroke? }

  /// Takes one sequence or character from the bytes; nil when it is not whole yet.
  private mutating func step(isOver: Bool) -> Found? {
    let rest = bytes[head...]
    if rest.first == 0x1B { return take(isOver ? ControlSequence.abandoned(rest) : ControlSequence.read(rest)) }
    guard let (scalar, length) = KeyDecoder.scalar(rest, isOver: isOver) else {
      patience = ControlSequence.patience.key
      return nil
    }
    // A C1 control is short for ESC and a letter, and takes as many bytes.
    if (0x80..<0xA0).contains(scalar.value) {
      let introducers: Set<UInt32> = [0x8F, 0x90, 0x98, 0x9B, 0x9D, 0x9E, 0x9F]
      guard introducers.contains(scalar.value) else {
        head += length
        return Found(keystroke: nil)
      }
      (bytes[head], bytes[head + 1]) = (0x1B, UInt8(scalar.value - 0x40))
      return step(isOver: isOver)
    }
    head += length
    return Found(keystroke: .character(scalar))
  }

  private mutating func take(_ reading: ControlSequence.Reading) -> Found? {
    switch reading {
    case .unfinished(let patience):
      self.patience = patience
      return nil
    case .whole(let length, let sequence):
      let text = String(decoding: bytes[head..<head + length], as: UTF8.self)
      head += length
      if sequence == .control(parameters: "200", final: "~") {
        (paste, isPasteDropped) = ((head, head), false)
        return Found(keystroke: nil)
      }
      return Found(keystroke: KeyTable.keystroke(sequence, text: text))
    }
  }

  /// The whole paste when its end has come; Ctrl-C in it, which no terminal pastes, gives it up.
  private mutating func endOfPaste() -> Keystroke? {
    guard let (start, searched) = paste else { return nil }
    let found = KeyDecoder.find(KeyDecoder.pasteEnd, in: bytes, from: searched)
    if !isPasteDropped, KeyDecoder.find([3], in: bytes, from: searched).map({ $0 < found ?? .max }) == true {
      isPasteDropped = true
      if found == nil { bytes.removeSubrange(start..<max(start, bytes.count - KeyDecoder.pasteEnd.count + 1)) }
      paste = found == nil ? (start, start) : paste
      return .character("\u{3}")
    }
    guard let found else {
      paste?.searched = max(start, bytes.count - KeyDecoder.pasteEnd.count + 1)
      return nil
    }
    let text = String(decoding: bytes[start..<found], as: UTF8.self)
    head = found + KeyDecoder.pasteEnd.count
    paste = nil
    return isPasteDropped ? next() : .paste(text)
  }

  /// Where some bytes stand in others; the C library looks fast, as a paste may be long.
  private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { all in
      guard let base = all.baseAddress else { return nil }
      var place = start
      while place + wanted.count <= all.count {
        let length = all.count - wanted.count + 1 - place
        guard let found = memchr(base + place, Int32(wanted[0]), length) else { return nil }
        if memcmp(found, wanted, wanted.count) == 0 { return UnsafeRawPointer(found) - base }
        place = UnsafeRawPointer(found) - base + 1
      }
      return nil
    }
  }

  /// The first character of UTF-8 and its bytes, U+FFFD for bytes that are none; nil when more has to come.
  private static func scalar(_ bytes: ArraySlice<UInt8>, isOver: Bool) -> (Unicode.Scalar, Int)? {
    guard let first = bytes.first else { return nil }
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
    let following = bytes.dropFirst().prefix(length - 1).prefix { (0x80..<0xC0).contains($0) }
    if following.count < length - 1, bytes.count < length, following.count == bytes.count - 1, !isOver { return nil }
    let scalars = String(decoding: bytes.prefix(1 + following.count), as: UTF8.self).unicodeScalars
    return (scalars.count == 1 ? scalars[scalars.startIndex] : "\u{FFFD}", 1 + following.count)
  }
}
