import Engine
import Grammar

/// The header of an array in NumPy's format (NEP 1): what kind of numbers, in which order, of which shape.
struct NPYHeader: Equatable {
  /// Kind of number: `f` floats, `i` integers, `u` integers without sign, `b` yes or no, `O` Python objects.
  let kind: Character
  /// Bytes a number.
  let width: Int
  let isBigEndian: Bool
  let isFortran: Bool
  let shape: [Int]
  /// Where the numbers begin.
  let end: Int

  var isObjects: Bool { kind == "O" }

  /// A header is a line of text; NumPy itself refuses longer ones.
  private static let maximum = 10_000

  /// - Parameter path: for messages.
  /// - Throws: `Refusal` when it is none, or of numbers that cannot be read.
  init(_ bytes: [UInt8], _ path: String) throws(Refusal) {
    guard bytes.count >= 10, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw Refusal("\(path) is no NumPy array: it does not begin as one")
    }
    guard (1...3).contains(bytes[6]) else {
      throw Refusal("\(path) is a NumPy array of version \(bytes[6]); expected 1 to 3")
    }
    let start = bytes[6] == 1 ? 10 : 12
    let length = bytes.count < start ? 0 : bytes.number(8, start - 8)
    guard length <= NPYHeader.maximum else {
      throw Refusal("\(path) has a header of \(length) bytes; expected at most \(NPYHeader.maximum)")
    }
    guard start + length <= bytes.count else { throw Refusal("\(path) is cut off: its header has \(length) bytes") }
    end = start + length
    var text = Literal(String(decoding: bytes[start..<end], as: UTF8.self))
    guard let members = text.members(), let kind = members["descr"],
      case .flag(let isFortran) = members["fortran_order"],
      case .numbers(let shape) = members["shape"]
    else { throw Refusal("\(path) has a header that cannot be read: \"\(text.text.visible)\"") }
    guard case .text(let code) = kind else { throw .structured(path) }
    (self.kind, width, isBigEndian) = try NPYHeader.type(code, path)
    (self.isFortran, self.shape) = (isFortran, shape)
  }

  private static func type(_ code: String, _ path: String) throws(Refusal) -> (Character, Int, Bool) {
    var rest = Substring(code)
    let isBig = rest.first == ">"
    if let first = rest.first, "<>|=".contains(first) { rest.removeFirst() }
    guard let kind = rest.popFirst() else { throw .unknownType(code, path) }
    let width = rest.isEmpty && kind == "O" ? 8 : Int(rest) ?? 0
    let widths: [Character: [Int]] = ["f": [2, 4, 8], "i": [1, 2, 4, 8], "u": [1, 2, 4, 8], "b": [1], "O": [8]]
    guard widths[kind]?.contains(width) == true else { throw .unknownType(code, path) }
    return (kind, width, isBig)
  }

  /// Bytes that all numbers take; nil when that does not fit into an `Int`.
  var byteCount: Int? { Shape.count([width] + shape) }
}

/// The few forms of Python's literals that a header consists of.
private struct Literal {
  enum Value { case text(String), flag(Bool), numbers([Int]), other }

  let text: String
  private var rest: Substring

  init(_ text: String) {
    self.text = text
    rest = text[...]
  }

  /// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`; nil when it is anything else.
  mutating func members() -> [String: Value]? {
    guard take("{") else { return nil }
    var members: [String: Value] = [:]
    while !take("}") {
      guard members.count < 3, let name = string(), take(":"), let value = value(), members[name] == nil else {
        return nil
      }
      members[name] = value
      guard take(",") || rest.first(where: { !$0.isWhitespace }) == "}" else { return nil }
    }
    return rest.allSatisfy(\.isWhitespace) ? members : nil
  }

  private mutating func value() -> Value? {
    if let text = string() { return .text(text) }
    if take("False") { return .flag(false) }
    if take("True") { return .flag(true) }
    if take("(") { return numbers().map { .numbers($0) } }
    // A list of fields: a structured type.
    guard take("["), let end = rest.lastIndex(of: "]") else { return nil }
    rest = rest[rest.index(after: end)...]
    return .other
  }

  private mutating func numbers() -> [Int]? {
    var numbers: [Int] = []
    while !take(")") {
      let digits = rest.drop(while: \.isWhitespace).prefix { $0.isASCII && $0.isNumber }
      guard numbers.count < 32, let number = Int(digits) else { return nil }
      rest = rest[digits.endIndex...]
      numbers.append(number)
      // Python 2 wrote long integers with an L.
      _ = take("L")
      guard take(",") || rest.first(where: { !$0.isWhitespace }) == ")" else { return nil }
    }
    return numbers
  }

  private mutating func string() -> String? {
    guard let quote = ["'", "\""].first(where: { take($0) }), let end = rest.firstIndex(of: Character(quote)) else {
      return nil
    }
    defer { rest = rest[rest.index(after: end)...] }
    return String(rest[..<end])
  }

  private mutating func take(_ word: String) -> Bool {
    let next = rest.drop(while: \.isWhitespace)
    guard next.hasPrefix(word) else { return false }
    rest = next.dropFirst(word.count)
    return true
  }
}

extension Refusal {
  fileprivate static func structured(_ path: String) -> Refusal {
    Refusal("\(path) is an array of records, which cannot be read; expected numbers")
  }
  fileprivate static func unknownType(_ code: String, _ path: String) -> Refusal {
    let what =
      code.contains("U") || code.contains("S") ? "texts" : code.contains("c") ? "complex numbers" : "unknown numbers"
    return Refusal("\(path) is an array of \(what) (\"\(code.visible)\"); expected floats or integers")
  }
}
