/// What stands in a line of Python, as far as people type it to build a network: names, calls, texts, lists.
indirect enum PythonValue: Equatable {
  /// `keras.layers`, `epochs`
  case name(String)
  /// `512`, `1e-3`
  case number(String)
  case text(String)
  /// A tuple or a list.
  case list([PythonValue])
  /// `model.add(…)`
  case call(PythonCall)
}

/// A call with its arguments in order, then by name.
struct PythonCall: Equatable {
  /// With everything before the last dot: `keras.layers.Dense`.
  let path: String
  let positional: [PythonValue]
  let named: [String: PythonValue]

  /// What stands behind the last dot: `Dense`.
  var name: String { String(path.split(separator: ".").last ?? "") }

  /// An argument by its name, else by its place.
  func argument(_ name: String, at place: Int? = nil) -> PythonValue? {
    named[name] ?? place.flatMap { positional.indices.contains($0) ? positional[$0] : nil }
  }
}

extension PythonValue {
  /// The value as one word: a name without its path, a number or a text.
  var word: String? {
    switch self {
    case .name(let name): name.split(separator: ".").last.map(String.init)
    case .number(let text), .text(let text): text
    case .call(let call): call.name
    case .list: nil
    }
  }
}

/// Reads the expression at the beginning of a text; what is cut off, as the first line of several is, is taken as
/// closed.
struct PythonReader {
  private let characters: [Character]
  private var position = 0
  /// Nobody nests deeper by hand.
  private var depth = 0

  init(_ text: String) { characters = Array(text) }

  /// nil where no value begins.
  mutating func value() -> PythonValue? {
    skipBlanks()
    guard depth < 32, let first = characters.element(position) else { return nil }
    depth += 1
    defer { depth -= 1 }
    if first == "'" || first == "\"" { return .text(text(until: first)) }
    if first == "(" || first == "[" { return list() }
    if first.isNumber || first == "-" || first == "." {
      return .number(run { $0.isLetter || $0.isNumber || "+-.*_".contains($0) })
    }
    guard first.isLetter || first == "_" else { return nil }
    let path = run { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    skipBlanks()
    return characters.element(position) == "(" ? .call(call(path)) : .name(path)
  }

  private mutating func call(_ path: String) -> PythonCall {
    var (positional, named) = ([PythonValue](), [String: PythonValue]())
    position += 1
    while !isClosed(by: ")") {
      let start = position
      guard let value = value() else { break }
      skipBlanks()
      if case .name(let name) = value, characters.element(position) == "=" {
        position += 1
        named[name] = self.value()
      } else {
        positional.append(value)
      }
      if position == start { break }
    }
    return PythonCall(path: path, positional: positional, named: named)
  }

  private mutating func list() -> PythonValue {
    let close: Character = characters[position] == "(" ? ")" : "]"
    var values: [PythonValue] = []
    position += 1
    while !isClosed(by: close) {
      guard let value = value() else { break }
      values.append(value)
    }
    return .list(values)
  }

  /// Whether the bracket ends here, or the text does; passes the commas and whatever else stands before the next value.
  private mutating func isClosed(by close: Character) -> Bool {
    while let character = characters.element(position) {
      if character == close {
        position += 1
        return true
      }
      if "'\"([-._".contains(character) || character.isLetter || character.isNumber { return false }
      position += 1
    }
    return true
  }

  private mutating func text(until quote: Character) -> String {
    position += 1
    let text = run { $0 != quote }
    // The quote that ends it may be missing.
    position = min(position + 1, characters.count)
    return text
  }

  private mutating func run(while holds: (Character) -> Bool) -> String {
    let start = position
    while let character = characters.element(position), holds(character) { position += 1 }
    return String(characters[start..<position])
  }

  private mutating func skipBlanks() { _ = run { $0.isWhitespace } }
}

extension [Character] {
  fileprivate func element(_ index: Int) -> Character? { indices.contains(index) ? self[index] : nil }
}
