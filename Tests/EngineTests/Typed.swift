@testable import Grammar

extension Catalogue {
  /// The value that a line makes, as a person types it behind a command.
  func value(_ line: String) throws -> Value {
    let words = try Words(line)
    guard let head = words.all.first else { throw Misread("nothing is typed", at: words.end) }
    return try form(head).read(Arguments(head: head, words: words.all.dropFirst(), end: words.end))
  }
}

extension ArgumentType {
  /// The value that a word makes.
  func value(_ text: String) throws -> Value {
    try read(Word(text, at: Span(start: 0, length: max(1, text.count))))
  }
}
