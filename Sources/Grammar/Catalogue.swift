/// The forms of one open set, such as all layers, in the order in which help lists them.
public struct Catalogue<Value: Sendable>: Sendable {
  /// What one of them is called: `layer`.
  public let what: String
  public let forms: [Form<Value>]

  public init(_ what: String, _ forms: [Form<Value>]) {
    self.what = what
    self.forms = forms
  }

  /// The form of a name.
  /// - Throws: `Misread` with the nearest name, or all of them when none is near.
  public func form(_ word: Word) throws(Misread) -> Form<Value> {
    guard let form = self[word.plain] else { throw unknown(word) }
    return form
  }

  /// The value of a name and the words behind it; a file's name, which stands for the form itself, is its first word.
  func read(_ head: Word, _ arguments: inout Arguments) throws(Misread) -> Value {
    var inner = arguments.takeAll(head: head)
    if let form = self[head.plain], form.endings.isEmpty { return try form.read(inner) }
    guard let form = forms.first(where: { $0.endings.contains { head.text.ends(as: $0) } }) else { throw unknown(head) }
    inner.positional = [head] + inner.positional
    return try form.read(inner)
  }

  private func unknown(_ word: Word) -> Misread {
    let others = forms.flatMap { form in form.otherNames.map { (name: $0, meant: form.name) } }
    let misread = Misread.unknown(what, word, among: forms.filter(\.endings.isEmpty).map(\.name), others: others)
    // A near name may still be that of a file.
    guard let files = files(word), misread.meant == nil || word.text.contains(".") else { return misread }
    return Misread("\(misread.message); \(files)", hint: misread.hint, meant: misread.meant, at: misread.span)
  }

  /// What names of files have to look like; nil where no form takes one.
  private func files(_ word: Word) -> String? {
    let endings = forms.flatMap(\.endings)
    let files = endings.filter { $0 != "/" }
    guard !files.isEmpty else { return nil }
    let folder = endings.contains("/") ? ", and a folder by the / in it, as in ./\(word.text)" : ""
    return "a file is known by its ending, one of \(files.joined(separator: " "))" + folder
  }

  /// The form of a name, when there is one.
  public subscript(name: String) -> Form<Value>? { forms.first { $0.name == name } }

  /// The words that read back as the value: `rmsprop lr=0.01`.
  public func line(_ value: Value) -> String? {
    for form in forms {
      if let line = form.line(value) { return line }
    }
    return nil
  }

  /// The value as the form spells it that it is of.
  public func spelling(_ value: Value) -> Spelling? {
    for form in forms {
      if let spelling = form.spelling(value) { return spelling }
    }
    return nil
  }

  /// The value that the words of a line make, as `line` writes them.
  /// - Throws: `Misread` with places in the text.
  public func value(of line: String) throws(Misread) -> Value {
    try value(of: Word(line, at: Span(start: 0, length: max(1, line.count))))
  }

  /// The value of a word that holds others.
  private func value(of word: Word) throws(Misread) -> Value {
    let words = try Words(word.text)
    guard let first = words.all.first, words.redirect == nil else { throw unknown(word) }
    return try form(first).read(Arguments(head: word, words: words.all.dropFirst(), end: word.span))
  }

  /// The names with their help, for completion.
  public var choices: [Choice] { forms.map { Choice($0.name, help: $0.help, needsMore: $0.needsMore) } }

  /// The place that completion knows the names by.
  public var domain: Domain { Domain(what) }

  /// A name, or in quotes a name with its own words: `relu`, `"leaky_relu negative_slope=0.1"`.
  public var names: ArgumentType<Value> {
    ArgumentType(
      expected: "\(what.article) \(what): \(forms.map(\.name).joined(separator: ", "))", choices: choices,
      read: { (word) throws(Misread) -> Value in
        // Places inside the quotes are not places in the line, so mistakes point at the whole word.
        do throws(Misread) { return try value(of: word) } catch {
          let meant = word.text.contains(where: \.isWhitespace) ? nil : error.meant
          throw Misread(error.message, hint: error.hint, meant: meant, at: word.span)
        }
      },
      write: { value in
        let line = line(value) ?? what
        return line.contains(" ") ? ArgumentType<String>.quote(line) : line
      }
    ).from(domain)
  }
}

extension String {
  /// `a` or `an`, as the word begins.
  var article: String { first.map { "aeiou".contains($0) } == true ? "an" : "a" }
}
