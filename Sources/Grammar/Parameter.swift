/// One parameter of a form, typed: its name, what it may be, its default, and a sentence of help.
public struct Parameter<Value: Sendable>: Sendable {
  /// What help, usage and completion show of it.
  public let slot: ParameterInfo
  let take: @Sendable (inout Arguments) throws(Misread) -> Value
  /// The words that read back as a value; none when it is the default.
  let words: @Sendable (Value) -> [String]

  /// A word in its place, or `name=` anywhere after; required unless it has a default.
  public init(
    _ name: String, _ kind: ArgumentType<Value>, default initial: Value? = nil, alias: String? = nil, _ help: String
  ) {
    self.init(name, kind, initial, place: .positional, alias: alias, help)
  }

  /// `name=value` only.
  public static func named(
    _ name: String, _ kind: ArgumentType<Value>, default initial: Value, alias: String? = nil, _ help: String
  ) -> Parameter {
    Parameter(name, kind, initial, place: .named, alias: alias, help)
  }

  private init(
    _ name: String, _ kind: ArgumentType<Value>, _ initial: Value?, place: ParameterInfo.Place, alias: String?,
    _ help: String
  ) {
    let slot = ParameterInfo(
      name: name, alias: alias, place: place, isRequired: initial == nil, expected: kind.expected,
      initial: initial.map(kind.write), choices: kind.choices, domain: kind.domain, isList: kind.isList,
      sample: kind.sample, help: help)
    self.slot = slot
    self.take = { (arguments) throws(Misread) -> Value in
      guard let word = try slot.word(from: &arguments) else {
        guard let initial else { throw .missing(slot, arguments) }
        return initial
      }
      do throws(Misread) { return try kind.read(word) } catch { throw error.naming(slot) }
    }
    self.words = { value in
      let text = kind.write(value)
      return text == slot.initial ? [] : [text]
    }
  }

  init(
    slot: ParameterInfo, take: @escaping @Sendable (inout Arguments) throws(Misread) -> Value,
    words: @escaping @Sendable (Value) -> [String]
  ) {
    self.slot = slot
    self.take = take
    self.words = words
  }

  /// All positional words that are left; one at least when `isRequired`.
  public static func rest<Element>(
    _ name: String, _ kind: ArgumentType<Element>, isRequired: Bool = true, _ help: String
  ) -> Parameter where Value == [Element] {
    let slot = ParameterInfo(
      name: name, place: .rest, isRequired: isRequired, expected: kind.expected, choices: kind.choices,
      domain: kind.domain, sample: kind.sample, help: help)
    return Parameter(
      slot: slot,
      take: { (arguments) throws(Misread) -> [Element] in
        var values: [Element] = []
        if let named = arguments.takeNamed(slot.accepted) {
          if let word = arguments.positional.first { throw .twice(named.key, and: word) }
          arguments.positional = named.value.parts(keepingQuotes: kind.mayHoldCommas).filter { !$0.text.isEmpty }[...]
        }
        while let word = arguments.positional.popFirst() {
          do throws(Misread) { values.append(try kind.read(word)) } catch { throw error.naming(slot) }
        }
        if values.isEmpty, isRequired { throw .missing(slot, arguments) }
        return values
      },
      words: { $0.map(kind.write) })
  }

  /// All positional words that are left, read as one without the blanks between them: `accuracy >= 0.98`.
  public static func phrase(_ name: String, _ kind: ArgumentType<Value>, _ help: String) -> Parameter {
    let slot = ParameterInfo(
      name: name, place: .rest, isRequired: true, expected: kind.expected, choices: kind.choices,
      domain: kind.domain, help: help)
    return Parameter(
      slot: slot,
      take: { (arguments) throws(Misread) -> Value in
        if let named = arguments.takeNamed(slot.accepted) {
          if let word = arguments.positional.first { throw .twice(named.key, and: word) }
          arguments.positional = [named.value]
        }
        guard let first = arguments.positional.first, let last = arguments.positional.last else {
          throw .missing(slot, arguments)
        }
        let text = arguments.positional.map(\.text).joined()
        arguments.positional = []
        do throws(Misread) { return try kind.read(Word(text, at: first.span.union(last.span))) } catch {
          throw error.naming(slot)
        }
      },
      words: { [kind.write($0)] })
  }

  /// A name from a catalogue, followed by that form's own words and keys; declared last, for it takes all that is left.
  public static func nested(_ catalogue: Catalogue<Value>, _ help: String) -> Parameter {
    let slot = ParameterInfo(
      name: catalogue.what, place: .nested, isRequired: true, expected: catalogue.names.expected,
      choices: catalogue.choices, domain: catalogue.domain, forms: catalogue.forms.map(\.outline), help: help)
    return Parameter(
      slot: slot,
      take: { (arguments) throws(Misread) -> Value in
        guard let head = try slot.word(from: &arguments) else { throw .missing(slot, arguments) }
        return try catalogue.read(head, &arguments)
      },
      words: { catalogue.line($0).map { [$0] } ?? [] })
  }
}

/// A parameter without its type: what help, usage and completion need.
public struct ParameterInfo: Equatable, Sendable {
  /// Where in the line a parameter may stand.
  public enum Place: Equatable, Sendable {
    case positional, named, rest, nested
  }

  public let name: String
  public let alias: String?
  public let place: Place
  public let isRequired: Bool
  /// What it may be: `a whole number, 1 or more`.
  public let expected: String
  /// The default as it would be typed.
  public let initial: String?
  public let choices: [Choice]
  /// Where words come from that are not among the choices.
  public let domain: Domain?
  /// Whether several may stand in one word, with commas between.
  public let isList: Bool
  /// A legal word; nil when only the person knows one.
  public let sample: String?
  /// What may follow each name of a nested one.
  public let forms: [Outline]
  public let help: String

  init(
    name: String, alias: String? = nil, place: Place, isRequired: Bool, expected: String, initial: String? = nil,
    choices: [Choice] = [], domain: Domain? = nil, isList: Bool = false, sample: String? = nil,
    forms: [Outline] = [], help: String
  ) {
    self.name = name
    self.alias = alias
    self.place = place
    self.isRequired = isRequired
    self.expected = expected
    self.initial = initial
    self.choices = choices
    self.domain = domain
    self.isList = isList
    self.sample = sample
    self.forms = forms
    self.help = help
  }

  /// How it looks in a usage line: `UNITS`, `[ACTIVATION]`, `[lr=0.001]`, `INDEX…`.
  public var usage: String {
    switch place {
    case .named: "[\(alias ?? name)=\(initial ?? "…")]"
    case .rest: isRequired ? "\(name.uppercased())…" : "[\(name.uppercased())…]"
    case .nested: "\(name.uppercased()) …"
    case .positional: isRequired ? name.uppercased() : "[\(name.uppercased())]"
    }
  }

  /// The names it answers to as a key.
  public var keys: [String] {
    place == .positional || place == .named ? alias.map { [name, $0] } ?? [name] : []
  }

  /// The keys that a line may give it by, also where help shows it in its place only.
  var accepted: [String] { keys.isEmpty ? [String(name.map { $0 == " " ? "_" : $0 })] : keys }

  func word(from arguments: inout Arguments) throws(Misread) -> Word? {
    let named = arguments.takeNamed(accepted)
    if let again = arguments.takeNamed(accepted) { throw .twice(name, again.key) }
    guard place != .named, let word = arguments.positional.first else { return named?.value }
    if let named { throw .twice(named.key, and: word) }
    arguments.positional.removeFirst()
    return word
  }
}

extension Misread {
  fileprivate static func twice(_ key: Word, and word: Word) -> Misread {
    Misread("\(key.text) is given twice, as \"\(word.text)\" and by name", at: key.span)
  }
  static func missing(_ slot: ParameterInfo, _ arguments: Arguments) -> Misread {
    Misread("a word is missing, \(slot.name): expected \(slot.expected)", hint: arguments.example, at: arguments.end)
  }

  /// Puts the parameter's name before an "expected …" message.
  func naming(_ slot: ParameterInfo) -> Misread {
    message.hasPrefix("expected ") ? Misread("\(slot.name): \(message)", hint: hint, at: span) : self
  }
}
