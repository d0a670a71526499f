/// A line that cannot be understood: what is wrong, where, and what to type instead.
public struct Misread: Error, Equatable, Sendable {
  /// One sentence without a full stop: what was received and what was expected.
  public let message: String
  /// What to type next, without "try:"; nil when the message says it.
  public let hint: String?
  /// What should stand there instead, where it can be told.
  public let meant: String?
  /// Where the caret goes.
  public let span: Span

  public init(_ message: String, hint: String? = nil, meant: String? = nil, at span: Span) {
    self.message = message
    self.hint = hint
    self.meant = meant
    self.span = span
  }
}

extension Misread {
  static func not(_ expected: String, _ word: Word) -> Misread {
    Misread("expected \(expected), not \"\(word.text)\"", at: word.span)
  }

  /// `no layer is called "dnse"; did you mean dense?`
  /// - Parameter others: other names of some, such as Keras's, with the one that is meant.
  static func unknown(
    _ what: String, _ word: Word, among names: [String], others: [(name: String, meant: String)] = []
  ) -> Misread {
    let typed = word.plain
    let near =
      others.first { $0.name.lowercased() == typed.lowercased() }?.meant
      ?? Suggestion.nearest(to: typed, among: names)
      ?? Suggestion.nearest(to: typed, among: others.map(\.name)).flatMap { near in
        others.first { $0.name == near }?.meant
      }
    let question = near.map { "; did you mean \($0)?" } ?? "; there are: \(names.joined(separator: ", "))"
    return Misread("no \(what) is called \"\(word.text)\"\(question)", meant: near, at: word.span)
  }
}
