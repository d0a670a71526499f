/// What one word may be: how it is read, how it is written, and what help and completion say of it.
public struct ArgumentType<Value: Sendable>: Sendable {
  /// What is expected, to stand behind "expected": `a whole number, 1 or more`.
  public let expected: String
  /// The legal words with a help sentence each, when they can be listed.
  public let choices: [Choice]
  /// Where words come from that cannot be listed here; nil when there is no such place.
  public private(set) var domain: Domain?
  /// Whether several of them may stand in one word, with commas between.
  private(set) var isList = false
  let read: @Sendable (Word) throws(Misread) -> Value
  let write: @Sendable (Value) -> String

  /// - Parameters:
  ///   - read: the value of a word; throws a `Misread` that says what was received and expected.
  ///   - write: the word that reads back as the value.
  public init(
    expected: String, choices: [Choice] = [],
    read: @escaping @Sendable (Word) throws(Misread) -> Value, write: @escaping @Sendable (Value) -> String
  ) {
    self.expected = expected
    self.choices = choices
    self.read = read
    self.write = write
  }

  /// The value of a word.
  public func value(of word: Word) throws(Misread) -> Value { try read(word) }

  /// The word that reads back as the value.
  public func text(of value: Value) -> String { write(value) }

  /// The same, or nothing; nothing is only ever the default, it cannot be typed.
  public var optional: ArgumentType<Value?> {
    var kind = ArgumentType<Value?>(
      expected: expected, choices: choices,
      read: { (word) throws(Misread) -> Value? in try read(word) }, write: { $0.map(write) ?? "none" })
    (kind.domain, kind.isList) = (domain, isList)
    return kind
  }

  /// The same, with a place that completion takes words from.
  public func from(_ domain: Domain) -> ArgumentType {
    var kind = self
    kind.domain = domain
    return kind
  }
}

extension ArgumentType {
  /// Several of them, with commas between: `a,b`.
  /// - Parameter name: what no two of them may have in common.
  public func list(of name: @escaping @Sendable (Value) -> String) -> ArgumentType<[Value]> {
    var kind = ArgumentType<[Value]>(
      expected: expected, choices: choices,
      read: { (word) throws(Misread) -> [Value] in
        var values: [Value] = []
        for text in word.text.split(separator: ",", omittingEmptySubsequences: false) {
          let value = try read(Word(String(text), at: word.span))
          guard !values.contains(where: { name($0) == name(value) }) else {
            throw Misread("\(name(value)) is given twice", at: word.span)
          }
          values.append(value)
        }
        return values
      },
      write: { $0.map(write).joined(separator: ",") })
    (kind.domain, kind.isList) = (domain, true)
    return kind
  }
}

/// A legal word and what it does, for help and completion.
public struct Choice: Equatable, Sendable {
  public let word: String
  public let help: String
  /// Whether words of its own must follow it.
  public let needsMore: Bool

  public init(_ word: String, help: String = "", needsMore: Bool = false) {
    self.word = word
    self.help = help
    self.needsMore = needsMore
  }
}

/// A place outside the grammar that words come from, such as the classes of the data set.
public struct Domain: Hashable, Sendable {
  public let name: String

  public init(_ name: String) { self.name = name }
}

extension ArgumentType where Value == Int {
  /// A whole number from `range`.
  public static func integer(_ range: ClosedRange<Int>) -> ArgumentType {
    let expected = range.upperBound == .max
      ? "a whole number, \(range.lowerBound) or more"
      : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    return ArgumentType(
      expected: expected,
      read: { (word) throws(Misread) -> Int in
        guard let value = Int(word.text), range.contains(value) else { throw .not(expected, word) }
        return value
      },
      write: { String($0) })
  }

  /// A whole number, `first` or more.
  public static func integer(_ first: PartialRangeFrom<Int>) -> ArgumentType { integer(first.lowerBound...Int.max) }
}

extension ArgumentType where Value == UInt64 {
  /// A whole number of 64 bits, 0 or more.
  public static let seed = ArgumentType(
    expected: "a whole number, 0 or more",
    read: { (word) throws(Misread) -> UInt64 in
      guard let value = UInt64(word.text) else { throw .not("a whole number, 0 or more", word) }
      return value
    },
    write: { String($0) })
}

extension ArgumentType where Value == Double {
  /// Any finite number.
  public static let number = ArgumentType.number("a number") { _ in true }

  /// A number with both bounds allowed.
  public static func number(_ range: ClosedRange<Double>) -> ArgumentType {
    number("a number from \(brief(range.lowerBound)) to \(brief(range.upperBound))") { range.contains($0) }
  }

  /// A number with the lower bound allowed and the upper not.
  public static func number(_ range: Range<Double>) -> ArgumentType {
    number("a number from \(brief(range.lowerBound)) to below \(brief(range.upperBound))") { range.contains($0) }
  }

  /// A number, `first` or more.
  public static func number(_ first: PartialRangeFrom<Double>) -> ArgumentType {
    number("a number, \(brief(first.lowerBound)) or more") { $0 >= first.lowerBound }
  }

  /// A number above 0.
  public static let positive = number("a number above 0") { $0 > 0 }

  private static func number(_ expected: String, where holds: @escaping @Sendable (Double) -> Bool) -> ArgumentType {
    ArgumentType(
      expected: expected,
      read: { (word) throws(Misread) -> Double in
        guard let value = Double(word.text), value.isFinite, holds(value) else { throw .not(expected, word) }
        return value
      },
      write: { brief($0) })
  }

  private static func brief(_ value: Double) -> String {
    abs(value) < 1e15 ? Int(exactly: value).map { String($0) } ?? "\(value)" : "\(value)"
  }
}

extension ArgumentType where Value == Bool {
  /// `yes` or `no`; `true` and `false` read the same.
  public static let flag = ArgumentType(
    expected: "yes or no", choices: [Choice("yes"), Choice("no")],
    read: { (word) throws(Misread) -> Bool in
      switch word.text.lowercased() {
      case "yes", "true": return true
      case "no", "false": return false
      default: throw .not("yes or no", word)
      }
    },
    write: { $0 ? "yes" : "no" })
}

extension ArgumentType where Value == String {
  /// Any text that is not empty.
  public static func text(_ expected: String) -> ArgumentType {
    ArgumentType(
      expected: expected,
      read: { (word) throws(Misread) -> String in
        guard !word.text.isEmpty else { throw .not(expected, word) }
        return word.text
      },
      write: { quote($0) })
  }

  /// One of the given words.
  public static func word(of choices: [Choice], called what: String) -> ArgumentType {
    let names = choices.map(\.word)
    return ArgumentType(
      expected: names.joined(separator: ", "), choices: choices,
      read: { (word) throws(Misread) -> String in
        guard names.contains(word.text) else { throw .unknown(what, word, among: names) }
        return word.text
      },
      write: { $0 })
  }

  /// The text as a word of a line, in quotes where it needs them.
  public static func quote(_ text: String) -> String {
    let needs = text.isEmpty || text.contains { $0.isWhitespace || "\"'#>\\=".contains($0) }
    guard needs else { return text }
    if !text.contains("\"") { return "\"\(text)\"" }
    if !text.contains("'") { return "'\(text)'" }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"'\"'\"") + "\""
  }
}

extension ArgumentType where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One case of an enumeration, by its raw value.
  public static func choice(_ what: String, help: @escaping @Sendable (Value) -> String = { _ in "" }) -> ArgumentType {
    let choices = Value.allCases.map { Choice($0.rawValue, help: help($0)) }
    return ArgumentType(
      expected: choices.map(\.word).joined(separator: ", "), choices: choices,
      read: { (word) throws(Misread) -> Value in
        guard let value = Value(rawValue: word.text) else {
          throw .unknown(what, word, among: choices.map(\.word))
        }
        return value
      },
      write: { $0.rawValue })
  }
}

extension Misread {
  static func not(_ expected: String, _ word: Word) -> Misread {
    Misread("expected \(expected), not \"\(word.text)\"", at: word.span)
  }

  /// `no layer is called "dnse"; did you mean dense?`
  static func unknown(_ what: String, _ word: Word, among names: [String]) -> Misread {
    let near = Suggestion.nearest(to: word.text, among: names)
    let question = near.map { "; did you mean \($0)?" } ?? "; there are: \(names.joined(separator: ", "))"
    return Misread("no \(what) is called \"\(word.text)\"\(question)", at: word.span)
  }
}
