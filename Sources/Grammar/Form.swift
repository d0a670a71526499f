/// The one declaration of a thing that can be typed: its name, parameters, help and examples, how its value is made
/// from words and how the words are made from it.
///
/// Parsing, usage, help, completion, did-you-mean and the save format derive from it.
public struct Form<Value>: Sendable {
  public let name: String
  /// One sentence, with a full stop.
  public let help: String
  /// The formula or convention, for `help NAME`; nil where there is none.
  public let formula: String?
  /// Who published it, or whose convention it is, for `help NAME`; nil where there is none.
  public let source: String?
  /// What others call it, such as Keras; a line with one of these is told the name here.
  public let otherNames: [String]
  /// Whole lines that run in the session that `Example.setting` describes.
  public let examples: [String]
  /// Endings of words that stand for the form themselves, as the name of a file does for what reads it: `.csv`; `/` for
  /// every path. Such a word is the form's first, and nothing else of it is typed as its name.
  public let endings: [String]
  public let slots: [ParameterInfo]
  let make: @Sendable (Arguments) throws(Misread) -> Value
  /// The words of each parameter, none where it is at its default; nil for a value of another form.
  let settings: @Sendable (Value) -> [[String]]?

  /// Declares a form whose parameters' values make the value.
  /// - Parameters:
  ///   - make: the value of the parameters' values, which are each in range already.
  ///   - settings: the parameters' values of a value, `make` turned round.
  public init<each Input: Sendable>(
    _ name: String, _ help: String, _ parameter: repeat Parameter<each Input>, formula: String? = nil,
    source: String? = nil, otherNames: [String] = [], endings: [String] = [], examples: [String],
    make: @escaping @Sendable (repeat each Input) -> Value,
    settings: @escaping @Sendable (Value) -> (repeat each Input)
  ) {
    var all: [ParameterInfo] = []
    repeat all.append((each parameter).slot)
    let slots = all
    self.name = name
    self.help = help
    self.formula = formula
    self.source = source
    self.otherNames = otherNames
    self.endings = endings
    self.examples = examples
    self.slots = slots
    let keys = slots.flatMap(\.accepted)
    self.make = { (arguments) throws(Misread) -> Value in
      var left = arguments
      left.known += keys
      left.example = examples.first ?? left.example
      let inputs = (repeat try (each parameter).take(&left))
      try left.refuseRest(behind: name)
      return make(repeat each inputs)
    }
    self.settings = { value in
      let inputs = settings(value)
      var words: [[String]] = []
      repeat words.append((each parameter).words(each inputs))
      return words
    }
  }

  /// Positional words as long as none before them is left out, then keys.
  private static func line(_ words: [[String]], slots: [ParameterInfo]) -> [String] {
    var positional: [String] = []
    var named: [String] = []
    var isGapless = true
    for (slot, words) in zip(slots, words) {
      if slot.place == .named || !isGapless {
        named += words.map { "\(slot.name)=\($0)" }
      } else {
        positional += words
        isGapless = !words.isEmpty
      }
    }
    return positional + named
  }

  private init(
    _ other: Form<some Any>, make: @escaping @Sendable (Arguments) throws(Misread) -> Value,
    settings: @escaping @Sendable (Value) -> [[String]]?
  ) {
    self.name = other.name
    self.help = other.help
    self.formula = other.formula
    self.source = other.source
    self.otherNames = other.otherNames
    self.endings = other.endings
    self.examples = other.examples
    self.slots = other.slots
    self.make = make
    self.settings = settings
  }

  /// The value that the words make.
  public func read(_ arguments: Arguments) throws(Misread) -> Value { try make(arguments) }

  /// Whether a word is required behind the name.
  var needsMore: Bool { slots.contains(where: \.isRequired) }

  /// The value with every parameter at its default, when it has one.
  public var plain: Value? { value(of: []) }

  /// A value with what is required at a legal word, the smallest where there is an order, and all else at its default;
  /// nil where a word is required that only the person knows.
  /// - Parameter rest: stands where any number of words may.
  public func trial(rest: String) -> Value? {
    let required = slots.filter(\.isRequired).map { $0.place == .rest ? rest : $0.sample }
    return required.contains(nil) ? nil : value(of: required.compactMap { $0 })
  }

  private func value(of words: [String]) -> Value? {
    let nowhere = Span(start: 0, length: 1)
    let words = words.map { Word($0, at: nowhere, quoted: [0..<$0.count]) }
    guard let arguments = try? Arguments(head: Word(name, at: nowhere), words: words[...], end: nowhere) else {
      return nil
    }
    return try? make(arguments)
  }

  /// The line, name first, that reads back as the value; nil when the value is not of this form.
  public func line(_ value: Value) -> String? {
    settings(value).map {
      ((endings.isEmpty ? [name] : []) + Form.line($0, slots: slots)).joined(separator: " ")
    }
  }

  /// The value as its form spells it; nil when the value is not of this form.
  public func spelling(_ value: Value) -> Spelling? {
    settings(value).map { Spelling(name: name, slots: slots, words: $0) }
  }

  /// The same form for a wider type, such as `any Layer`.
  public func lifted<Wide>(
    _ widen: @escaping @Sendable (Value) -> Wide, _ narrow: @escaping @Sendable (Wide) -> Value?
  ) -> Form<Wide> {
    Form<Wide>(
      self, make: { (arguments) throws(Misread) -> Wide in widen(try make(arguments)) },
      settings: { narrow($0).flatMap(settings) })
  }

  /// Its name and parameters without its type, for completion.
  public var outline: Outline { Outline(name: name, help: help, endings: endings, slots: slots) }

  /// The usage line: `dense UNITS [ACTIVATION]`.
  public var usage: String {
    let placed = slots.filter { $0.place != .named } + slots.filter { $0.place == .named }
    let usage = placed.map(\.usage)
    return ((endings.isEmpty ? [name] : []) + usage).joined(separator: " ")
  }
}

extension Arguments {
  /// Refuses words and keys that no parameter took.
  func refuseRest(behind name: String) throws(Misread) {
    if let word = positional.first {
      throw Misread("\(name) takes no further word, but there is \"\(word.text)\"", at: word.span)
    }
    guard let first = named.first else { return }
    if known.isEmpty { throw Misread("\(name) takes no \(first.key.text)=", at: first.key.span) }
    throw .unknown("parameter of \(name)", first.key, among: known)
  }
}
