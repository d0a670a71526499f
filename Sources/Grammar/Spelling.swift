/// A value as its form spells it: the form's name, and what each parameter is.
///
/// What writes the value in another program's words goes by it, so that a parameter stands in one declaration only.
public struct Spelling: Sendable {
  /// The form's name: `conv2d`.
  public let name: String

  /// A parameter with what it is.
  public struct Entry: Sendable {
    /// The parameter's name: `strides`.
    public let name: String
    /// Its words without quotes, those of its default where it has that; none where the default is nothing.
    public let words: [String]
    /// Whether it is at its default.
    public let isDefault: Bool
  }

  /// The parameters in the form's order.
  public let entries: [Entry]

  init(name: String, slots: [ParameterInfo], words: [[String]]) {
    self.name = name
    entries = zip(slots, words).map { slot, words in
      let nothing = slot.initial.map { $0 == "none" || $0.isEmpty } ?? true
      let shown = words.isEmpty && !nothing ? [slot.initial ?? ""] : words
      return Entry(name: slot.name, words: shown.map(Spelling.unquoted), isDefault: words.isEmpty)
    }
  }

  /// What a parameter is; nil where it is nothing, or the form has none of that name.
  public subscript(name: String) -> String? { entries.first { $0.name == name }?.words.first }

  /// A word as it reads: without the quotes that keep it in one piece.
  private static func unquoted(_ word: String) -> String {
    guard let words = try? Words(word), words.all.count == 1, let only = words.all.first else { return word }
    return only.text
  }
}
