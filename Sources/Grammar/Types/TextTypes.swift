extension ArgumentType where Value == Bool {
  /// `yes` or `no`; `true` and `false` read the same.
  public static let flag = ArgumentType(
    expected: "yes or no", choices: [Choice("yes"), Choice("no")],
    read: { (word) throws(Misread) -> Bool in
      switch word.plain.lowercased() {
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
      expected: expected, mayHoldCommas: true,
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
        guard names.contains(word.plain) else { throw .unknown(what, word, among: names) }
        return word.plain
      },
      write: { $0 })
  }

  /// The text as a word of a line, in quotes where it needs them.
  public static func quote(_ text: String) -> String {
    let needs =
      text.isEmpty || text.contains { $0.isWhitespace || "\"'#>\\=".contains($0) || PlainText.isChanged($0) }
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
        guard let value = Value(rawValue: word.plain) else {
          throw .unknown(what, word, among: choices.map(\.word))
        }
        return value
      },
      write: { $0.rawValue })
  }
}
