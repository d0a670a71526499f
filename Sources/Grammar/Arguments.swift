/// The words after a name, on their way into a form: positional ones first, then `key=value`.
public struct Arguments: Sendable {
  /// `key=value`, each with its own place in the line.
  struct Named: Sendable {
    let key: Word
    let value: Word
  }

  /// The word or words that named the form.
  private(set) var head: Word
  var positional: ArraySlice<Word>
  var named: [Named]
  /// Where a missing word would have stood.
  let end: Span
  /// A line that is right, to show where a word is missing.
  var example: String?
  /// The keys of all forms on the way here, for did-you-mean.
  var known: [String] = []

  /// Sorts the words after `head` into positional and named ones.
  /// - Throws: `Misread` at a positional word after a named one, or at a key given twice.
  public init(head: Word, words: ArraySlice<Word>, end: Span) throws(Misread) {
    var positional: [Word] = []
    var named: [Named] = []
    for word in words {
      guard let pair = Arguments.pair(word) else {
        if let last = named.last { throw .positionalBehindNamed(word, last.key) }
        positional.append(word)
        continue
      }
      if named.contains(where: { $0.key.text == pair.key.text }) { throw .twice(pair.key.text, pair.key) }
      named.append(pair)
    }
    self.init(head: head, positional: positional[...], named: named, end: end)
  }

  private init(head: Word, positional: ArraySlice<Word>, named: [Named], end: Span) {
    self.head = head
    self.positional = positional
    self.named = named
    self.end = end
  }

  /// Hands all that is left to a form inside this one.
  mutating func takeAll(head: Word) -> Arguments {
    var inner = self
    inner.head = head
    positional = []
    named = []
    return inner
  }

  /// Takes the value given as `name=` or `alias=`, if there is one.
  mutating func takeNamed(_ names: [String]) -> Named? {
    guard let index = named.firstIndex(where: { names.contains($0.key.text) }) else { return nil }
    return named.remove(at: index)
  }

  /// `key=value`, where the key is letters, digits and `_` outside quotes; anything else is positional.
  static func pair(_ word: Word) -> Named? {
    guard let equals = word.text.firstIndex(where: { $0 == "=" || $0 == "＝" }) else { return nil }
    let typed = word.text[..<equals]
    let key = Word(String(typed), at: word.span).plain
    guard let first = key.unicodeScalars.first, first.properties.isAlphabetic,
      key.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0) })
    else { return nil }
    let value = String(word.text[word.text.index(after: equals)...])
    if value.hasPrefix("=") || word.quotedFrom.map({ $0 <= typed.count }) == true { return nil }
    let length = typed.count + word.omitted.count { $0 <= typed.count }
    let start = word.span.start + length + 1
    return Named(
      key: Word(key, at: Span(start: word.span.start, length: length)),
      value: Word(
        value, at: Span(start: start, length: max(1, word.span.end - start)),
        quoted: word.quoted.map { $0.lowerBound - typed.count - 1..<$0.upperBound - typed.count - 1 }))
  }
}

extension Misread {
  fileprivate static func positionalBehindNamed(_ word: Word, _ key: Word) -> Misread {
    Misread("\"\(word.text)\" must stand before \(key.text)=: first plain words, then key=value", at: word.span)
  }
  static func twice(_ name: String, _ key: Word) -> Misread {
    Misread("\(name) is given twice", at: key.span)
  }
}
