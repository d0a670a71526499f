/// What begins with ESC, by its form alone, after ECMA-48 and xterm's "Control Sequences".
enum ControlSequence: Equatable {
  /// CSI: `ESC [ parameters final`.
  case control(parameters: String, final: Character)
  /// SS3: `ESC O final`, old terminals with a number before it.
  case function(parameters: String, final: Character)
  /// OSC, DCS, APC, PM and SOS: a text that only terminals send.
  case string
  /// ESC, and nothing that belongs to it.
  case escape
  /// Something of no meaning here, as the position of a mouse.
  case other

  /// A sequence at the beginning of some bytes.
  enum Reading: Equatable {
    case whole(length: Int, ControlSequence)
    /// More has to come within so many milliseconds.
    case unfinished(patience: Int32)
  }

  /// Milliseconds between the bytes of a key; of a sequence that has begun, as networks stutter; and of a text.
  static let patience = (key: Int32(40), sequence: Int32(500), text: Int32(2000))
  /// Bytes of a text; more is no answer of a terminal.
  private static let longest = 1 << 20

  /// - Parameter bytes: the first is ESC.
  static func read(_ bytes: ArraySlice<UInt8>) -> Reading {
    let start = bytes.startIndex + 1
    guard start < bytes.endIndex else { return .unfinished(patience: patience.key) }
    switch bytes[start] {
    case UInt8(ascii: "["): return control(bytes)
    case UInt8(ascii: "O"): return function(bytes)
    case 0x1B: return meta(bytes)
    case let introducer where "]P_^X".utf8.contains(introducer): return text(bytes)
    default: return .whole(length: 1, .escape)
    }
  }

  /// What stands for a sequence that does not go on.
  static func abandoned(_ bytes: ArraySlice<UInt8>) -> Reading {
    switch bytes.dropFirst().first {
    case nil, 0x1B: .whole(length: 1, .escape)
    // Alt and the letter.
    case let second? where bytes.count == 2 && second != UInt8(ascii: "[") && second != UInt8(ascii: "O"):
      .whole(length: 1, .escape)
    default: .whole(length: bytes.count, .other)
    }
  }

  private static func control(_ bytes: ArraySlice<UInt8>) -> Reading {
    let start = bytes.startIndex + 2
    // The Linux console's function keys: ESC [ [ A.
    let isConsole = bytes[start...].first == UInt8(ascii: "[")
    var end = start + (isConsole ? 1 : 0)
    while end < bytes.endIndex, (0x20...0x3F).contains(bytes[end]) {
      // rxvt ends keys with Shift so; for others it only stands before the end.
      let isNumber = end > start && bytes[start..<end].allSatisfy { (0x30...0x39).contains($0) }
      if bytes[end] == UInt8(ascii: "$"), isNumber { break }
      end += 1
    }
    guard end < bytes.endIndex else { return .unfinished(patience: patience.sequence) }
    guard isConsole || bytes[end] == UInt8(ascii: "$") || (0x40...0x7E).contains(bytes[end]) else {
      return .whole(length: end - bytes.startIndex, .other)
    }
    if bytes[end] == UInt8(ascii: "M"), end == start { return mouse(bytes) }
    let (parameters, final) = parts(bytes[start...end])
    return .whole(length: end + 1 - bytes.startIndex, .control(parameters: parameters, final: final))
  }

  /// X10's mouse: three characters behind it, which in one of its modes take two bytes each.
  private static func mouse(_ bytes: ArraySlice<UInt8>) -> Reading {
    var end = bytes.startIndex + 3
    for _ in 0..<3 {
      guard end < bytes.endIndex else { return .unfinished(patience: patience.sequence) }
      end += (0xC2...0xDF).contains(bytes[end]) ? 2 : 1
    }
    guard end <= bytes.endIndex else { return .unfinished(patience: patience.sequence) }
    return .whole(length: end - bytes.startIndex, .other)
  }

  private static func function(_ bytes: ArraySlice<UInt8>) -> Reading {
    let start = bytes.startIndex + 2
    var end = start
    while end < bytes.endIndex, (0x30...0x3B).contains(bytes[end]) { end += 1 }
    guard end < bytes.endIndex else { return .unfinished(patience: patience.key) }
    guard (0x40...0x7E).contains(bytes[end]) || bytes[end] == UInt8(ascii: " ") else {
      return .whole(length: end - bytes.startIndex, .other)
    }
    let (parameters, final) = parts(bytes[start...end])
    return .whole(length: end + 1 - bytes.startIndex, .function(parameters: parameters, final: final))
  }

  /// The parameters, and the last byte.
  private static func parts(_ bytes: ArraySlice<UInt8>) -> (String, Character) {
    (String(decoding: bytes.dropLast(), as: UTF8.self), Character(Unicode.Scalar(bytes.last ?? 0)))
  }

  /// Up to BEL or ESC \; Enter and Ctrl-C, which no terminal sends within, end one that goes on for ever.
  private static func text(_ bytes: ArraySlice<UInt8>) -> Reading {
    let start = bytes.startIndex + 2
    guard start < bytes.endIndex else { return .unfinished(patience: patience.key) }
    let ends: Set<UInt8> = [0x03, 0x07, 0x0A, 0x0D, 0x18, 0x1A, 0x1B]
    guard let end = bytes[start...].firstIndex(where: ends.contains) else {
      return bytes.count < longest ? .unfinished(patience: patience.text) : .whole(length: bytes.count, .other)
    }
    if bytes[end] == 0x07 { return .whole(length: end + 1 - bytes.startIndex, .string) }
    guard bytes[end] == 0x1B else { return .whole(length: end - bytes.startIndex, .other) }
    guard end + 1 < bytes.endIndex else { return .unfinished(patience: patience.text) }
    let isEnded = bytes[end + 1] == UInt8(ascii: "\\")
    return .whole(length: end - bytes.startIndex + (isEnded ? 2 : 0), isEnded ? .string : .other)
  }

  /// Alt with a key that begins with ESC itself, as rxvt sends it.
  private static func meta(_ bytes: ArraySlice<UInt8>) -> Reading {
    switch read(bytes.dropFirst()) {
    case .unfinished(let patience): .unfinished(patience: patience)
    case .whole(let length, .control(let parameters, let final)) where parameters.isEmpty:
      .whole(length: length + 1, .control(parameters: "1;3", final: final))
    case .whole(let length, .control(let parameters, let final)) where parameters.allSatisfy(\.isNumber):
      .whole(length: length + 1, .control(parameters: "\(parameters);3", final: final))
    case .whole(let length, .function("", let final)):
      .whole(length: length + 1, .function(parameters: "3", final: final))
    case .whole: .whole(length: 1, .escape)
    }
  }
}
