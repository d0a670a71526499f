import Grammar

/// A line of another language or shell, answered with the one that does the same here.
enum ForeignLine {
  /// The longest line that is looked at.
  private static let longest = 4096

  /// What to say instead of a mistake; nil where the line is nobody else's.
  static func answer(_ line: String) -> Misread? {
    guard line.utf8.count <= longest else { return nil }
    let typed = line.drop(while: \.isWhitespace)
    let first = String(typed.prefix { !$0.isWhitespace })
    guard Commands.choices(behind: nil).allSatisfy({ $0.word != first }) else { return nil }
    let start = line.count - typed.count
    let isAssigned = typed.dropFirst(first.count).drop(while: \.isWhitespace).hasPrefix("=")
    if !isAssigned, let (message, hint) = ShellWord.answer(first) {
      return Misread(message, hint: hint, at: Span(start: start, length: first.count))
    }
    guard let keras = KerasLine(python: line) else { return nil }
    return Misread(
      "this is Python; " + (keras.remark ?? "here it is shorter"), hint: keras.line,
      at: Span(start: start, length: max(1, typed.count)))
  }
}
