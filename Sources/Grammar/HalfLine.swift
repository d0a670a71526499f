/// A line up to the cursor: the words before, and the one that is being typed.
public struct HalfLine: Equatable, Sendable {
  /// The words before it.
  public let words: [Word]
  /// The word at the cursor as far as it is typed, quotes taken off; empty after a blank.
  public let typed: String
  /// Characters of the line before that word.
  public let start: Int
  /// Whether it is the name of the file after `>`.
  public let isFile: Bool
  /// The quote that is open at the cursor.
  public let quote: Character?

  /// A character of the private use area, so that no line has it; it stands where the cursor is.
  private static let cursor = "\u{F8FF}"

  /// nil in a comment, or where nothing can be completed.
  public init?(_ line: String) {
    for quote in [nil, "\"", "'"] as [Character?] {
      guard let words = try? Words(line + HalfLine.cursor + (quote.map(String.init) ?? "")) else { continue }
      self.init(words, quote)
      return
    }
    return nil
  }

  private init?(_ words: Words, _ quote: Character?) {
    let last = words.redirect ?? words.all.last
    guard let last, last.text.hasSuffix(HalfLine.cursor) else { return nil }
    isFile = words.redirect != nil
    self.words = isFile ? words.all : Array(words.all.dropLast())
    typed = String(last.text.dropLast())
    start = last.span.start
    self.quote = quote
  }

  /// The key and the beginning of its value, when the word is `key=…`.
  public var pair: (key: String, value: String, start: Int)? {
    let word = Word(typed + "x", at: Span(start: start, length: typed.count + 1))
    guard let pair = Arguments.pair(word) else { return nil }
    return (pair.key.text, String(pair.value.text.dropLast()), start + pair.key.text.count + 1)
  }
}
