/// One word of a line, with its quotes taken off.
public struct Word: Equatable, Sendable {
  public let text: String
  public let span: Span
  /// The characters of `text` that stood in quotes, in order.
  let quoted: [Range<Int>]
  /// Where in `text` characters that take no room were left out.
  let omitted: [Int]

  /// Whether any part stood in quotes; a quoted word is never an operator.
  public var isQuoted: Bool { !quoted.isEmpty }

  /// Characters of `text` before the first quote; nil when there is none.
  var quotedFrom: Int? { quoted.first?.lowerBound }

  /// The text with typographic characters replaced by the plain ones that a name or a number can only mean: `−1` is
  /// `-1`, `５` is `5`. Names of files are taken as they are.
  public var plain: String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    return text.map { PlainText.twin(of: $0) ?? String($0) }.joined()
  }

  public init(_ text: String, at span: Span, quoted: [Range<Int>] = [], omitted: [Int] = []) {
    self.omitted = omitted
    self.text = text
    self.span = span
    self.quoted = quoted
  }

  /// Its pieces between commas.
  /// - Parameter keepingQuotes: whether a comma in quotes is a letter like any other: `a,"b,c"` are two pieces.
  func parts(keepingQuotes: Bool) -> [Word] {
    let characters = Array(text)
    let commas = characters.indices.filter { place in
      Word.isComma(characters[place]) && !(keepingQuotes && quoted.contains { $0.contains(place) })
    }
    var start = 0
    return (commas + [characters.count]).map { end in
      defer { start = end + 1 }
      let inside = quoted.filter { $0.lowerBound >= start && $0.upperBound <= end }
      return Word(
        String(characters[start..<end]), at: span,
        quoted: inside.map { $0.lowerBound - start..<$0.upperBound - start })
    }
  }

  static func isComma(_ character: Character) -> Bool { character == "," || character == "，" }
}

/// A line cut into words: `command positional… key=value… [> FILE]   # comment`.
public struct Words: Equatable, Sendable {
  /// The words before `>`, quotes taken off, comment dropped.
  public let all: [Word]
  /// The file after `>`, if there is one.
  public let redirect: Word?
  /// Where a missing word would have stood: after the last word.
  public let end: Span

  /// Cuts a line into words.
  ///
  /// Words are separated by blanks; `"…"` and `'…'` quote, as typographic quotes do at the start of a word or a value;
  /// `#` at the start of a word begins a comment;
  /// `\` before a line break joins two lines; `>` at the start of a word names the file for the result
  /// (`>=` is a word of its own).
  /// - Throws: `Misread` at a quote that is not closed, or at a `>` without exactly one file after it.
  public init(_ line: String) throws(Misread) {
    var cutter = Cutter(line)
    let words = try cutter.cut()
    // Only an unquoted > is one; the file's name glued to it may well be quoted.
    let arrow = words.firstIndex { $0.quotedFrom != 0 && $0.text.hasPrefix(">") && !$0.text.hasPrefix(">=") }
    guard let arrow else {
      self.all = words
      self.redirect = nil
      self.end = Words.gap(behind: words.last)
      return
    }
    self.all = Array(words[..<arrow])
    self.redirect = try Words.file(words[arrow...], behind: String(line.prefix(words[arrow].span.start)))
    self.end = Words.gap(behind: words[..<arrow].last)
  }

  /// Whether there is nothing to run: a blank line or a comment.
  public var isEmpty: Bool { all.isEmpty && redirect == nil }

  private static func gap(behind word: Word?) -> Span {
    Span(start: word.map { $0.span.end + 1 } ?? 0, length: 1)
  }

  /// `> FILE` or `>FILE`, and nothing after it.
  /// - Parameter line: what stands before it.
  private static func file(_ words: ArraySlice<Word>, behind line: String) throws(Misread) -> Word {
    let arrow = words[words.startIndex]
    let glued = arrow.text.dropFirst()
    guard !glued.hasPrefix(">") else { throw .appending(at: arrow.span) }
    let rest = words.dropFirst()
    let file =
      glued.isEmpty
      ? rest.first
      : Word(String(glued), at: Span(start: arrow.span.start + 1, length: arrow.span.length - 1))
    guard let file else { throw .noFile(behind: line, at: arrow.span) }
    if let extra = glued.isEmpty ? rest.dropFirst().first : rest.first { throw .behindFile(extra) }
    return file
  }
}

/// Walks along the characters of a line and collects words.
private struct Cutter {
  private let characters: [Character]
  private var position = 0

  init(_ line: String) { characters = Array(line) }

  mutating func cut() throws(Misread) -> [Word] {
    var words: [Word] = []
    while true {
      skipBlanks()
      guard position < characters.count else { return words }
      if characters[position] == "#" { skipComment() } else { words.append(try word()) }
    }
  }

  private mutating func skipBlanks() {
    while position < characters.count {
      if characters[position].isWhitespace || PlainText.isInvisible(characters[position]) {
        position += 1
      } else if isJoint {
        position += 2
      } else {
        return
      }
    }
  }

  /// To the end of the physical line: a comment that ends in `\` does not swallow the line after it.
  private mutating func skipComment() {
    while position < characters.count, !characters[position].isNewline { position += 1 }
  }

  /// `\` before a line break, which separates words like a blank.
  private var isJoint: Bool {
    characters[position] == "\\" && position + 1 < characters.count && characters[position + 1].isNewline
  }

  private mutating func word() throws(Misread) -> Word {
    let start = position
    var text = ""
    var quotes: [Range<Int>] = []
    var omitted: [Int] = []
    while position < characters.count, !characters[position].isWhitespace, !isJoint {
      let character = characters[position]
      if let closings = closings(of: character, isStart: text.isEmpty || text.last == "=") {
        let open = text.count
        text += try quoted(by: character, until: closings)
        quotes.append(open..<max(open, text.count))
      } else if PlainText.isInvisible(character) {
        omitted.append(text.count)
        position += 1
      } else {
        text.append(PlainText.withoutJoiners(character))
        position += 1
      }
    }
    return Word(text, at: Span(start: start, length: position - start), quoted: quotes, omitted: omitted)
  }

  /// What ends the quote that a character opens; nil when it opens none. A typographic one within a word is a letter.
  private func closings(of character: Character, isStart: Bool) -> [Set<Character>]? {
    if character == "\"" || character == "'" { return [[character]] }
    return isStart ? PlainText.closings(of: character) : nil
  }

  private mutating func quoted(by quote: Character, until closings: [Set<Character>]) throws(Misread) -> String {
    let open = position
    let rest = characters[(open + 1)...]
    guard let close = closings.lazy.compactMap({ set in rest.firstIndex { set.contains($0) } }).first else {
      throw .openQuote(quote, at: Span(start: open, length: characters.count - open))
    }
    position = close + 1
    return String(characters[(open + 1)..<close])
  }
}

extension Misread {
  fileprivate static func openQuote(_ quote: Character, at span: Span) -> Misread {
    Misread("a quote is opened here and never closed; expected another \(quote)", at: span)
  }
  fileprivate static func appending(at span: Span) -> Misread {
    Misread("nothing is written behind what a file holds, so there is no >>; > writes the file anew", at: span)
  }
  fileprivate static func noFile(behind line: String, at span: Span) -> Misread {
    Misread("a file's name is missing after >", hint: "\(line)> result.csv", at: span)
  }
  fileprivate static func behindFile(_ word: Word) -> Misread {
    Misread("nothing may follow the file's name, but there is \"\(word.text)\"", at: word.span)
  }
}
