/// What one word may be: how it is read, how it is written, and what help and completion say of it.
public struct ArgumentType<Value: Sendable>: Sendable {
  /// What is expected, to follow "expected": `a whole number, 1 or more`.
  public let expected: String
  /// The legal words with a help sentence each, when they can be listed.
  public let choices: [Choice]
  /// A word that is legal, the smallest where there is an order; nil when only the person knows one.
  public let sample: String?
  /// Where words come from that cannot be listed here; nil when there is no such place.
  public private(set) var domain: Domain?
  /// Whether several of them may stand in one word, with commas between.
  private(set) var isList = false
  /// Whether a comma may be in one of them, so that in quotes it cuts no list.
  let mayHoldCommas: Bool
  let read: @Sendable (Word) throws(Misread) -> Value
  let write: @Sendable (Value) -> String

  /// - Parameters:
  ///   - sample: a legal word; the first choice when nil.
  ///   - mayHoldCommas: whether a comma may be in it.
  ///   - read: the value of a word; throws a `Misread` that says what was received and expected.
  ///   - write: the word that reads back as the value.
  public init(
    expected: String, choices: [Choice] = [], sample: String? = nil, mayHoldCommas: Bool = false,
    read: @escaping @Sendable (Word) throws(Misread) -> Value, write: @escaping @Sendable (Value) -> String
  ) {
    self.expected = expected
    self.choices = choices
    self.sample = sample ?? choices.first { !$0.needsMore }?.word
    self.mayHoldCommas = mayHoldCommas
    self.read = read
    self.write = write
  }

  /// The value of a word.
  public func value(of word: Word) throws(Misread) -> Value { try read(word) }

  /// The word that reads back as the value.
  public func text(of value: Value) -> String { write(value) }

  /// The same, or nothing: a bare `none`, and the default. The word itself as a value stands in quotes.
  public var optional: ArgumentType<Value?> {
    // Where none is a choice of its own, nothing has to be told from it.
    let nothing = choices.contains { $0.word == "none" } ? "auto" : "none"
    var kind = ArgumentType<Value?>(
      expected: expected, choices: choices, sample: sample,
      read: { (word) throws(Misread) -> Value? in
        if !word.isQuoted, word.plain == nothing { return nil }
        return try read(word)
      },
      write: { value in
        guard let text = value.map(write) else { return nothing }
        return text == nothing ? "\"\(text)\"" : text
      })
    (kind.domain, kind.isList) = (domain, isList)
    return kind
  }

  /// The same, with another line to type where a word is not understood and there is one.
  public func trying(_ hint: String) -> ArgumentType {
    var kind = ArgumentType(
      expected: expected, choices: choices, sample: sample,
      read: { (word) throws(Misread) -> Value in
        do throws(Misread) { return try read(word) } catch {
          throw Misread(error.message, hint: error.hint == nil ? nil : hint, meant: error.meant, at: error.span)
        }
      }, write: write)
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
  /// Several of them, with commas between: `a,b`; a text with a comma of its own stands in quotes.
  /// - Parameter name: what no two of them may have in common.
  public func list(of name: @escaping @Sendable (Value) -> String) -> ArgumentType<[Value]> {
    var kind = ArgumentType<[Value]>(
      expected: expected, choices: choices,
      read: { (word) throws(Misread) -> [Value] in
        var values: [Value] = []
        for part in word.parts(keepingQuotes: mayHoldCommas) {
          let value = try read(part)
          guard !values.contains(where: { name($0) == name(value) }) else {
            throw Misread("\(name(value)) is given twice", at: word.span)
          }
          values.append(value)
        }
        return values
      },
      write: { $0.map { ArgumentType.part(write($0)) }.joined(separator: ",") })
    (kind.domain, kind.isList) = (domain, true)
    return kind
  }

  /// A word as it stands in a list.
  private static func part(_ word: String) -> String {
    let isQuoted = word.hasPrefix("\"") || word.hasPrefix("'")
    return !isQuoted && word.contains(where: Word.isComma) ? "\"\(word)\"" : word
  }
}
