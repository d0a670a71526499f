import Grammar

/// One combination that `compare` trains, as the two lines that train it.
struct Combination: Sendable {
  /// Several values that one thing may have.
  struct Choice {
    /// Where a value stands: the word after `compile`, or a key of one of the two lines.
    enum Place {
      case optimizer
      case compile(String)
      case fit(String)
    }

    let place: Place
    /// As they are typed.
    let values: [String]

    init(_ place: Place, _ values: [String]) { (self.place, self.values) = (place, values) }
  }

  /// What it differs from others in: `rmsprop lr=0.01 batch=32`.
  let name: String
  private let compile: Compile
  let fit: Fit

  /// Every combination, the values of the last choice changing fastest.
  /// - Throws: `Refusal` when one of them cannot be typed, such as the momentum of an optimizer that has none.
  static func all(of choices: [Choice], validation: String) throws(Refusal) -> [Combination] {
    var picks: [[Pick]] = [[]]
    for choice in choices {
      picks = picks.flatMap { pick in choice.values.map { pick + [Pick(choice: choice, value: $0)] } }
    }
    var all: [Combination] = []
    for pick in picks { all.append(try Combination(pick, validation)) }
    return all
  }

  private struct Pick {
    let choice: Choice
    let value: String
  }

  private init(_ picks: [Pick], _ validation: String) throws(Refusal) {
    var (name, compile, fit) = ([String](), ["compile"], ["fit"])
    for pick in picks {
      let value = pick.value
      switch pick.choice.place {
      case .optimizer:
        compile.append(value)
        name.append(value)
      case .compile(let key):
        compile.append("\(key)=\(value)")
        name.append("\(key)=\(value)")
      case .fit(let key):
        fit.append("\(key)=\(value)")
        // How long all of them train is no difference.
        if key != "epochs" || pick.choice.values.count > 1 { name.append("\(key)=\(value)") }
      }
    }
    fit.append("validation=\(ArgumentType<String>.quote(validation))")
    self.name = name.joined(separator: " ")
    self.compile = try Combination.read(Compile.form, compile, of: self.name)
    self.fit = try Combination.read(Fit.form, fit, of: self.name)
  }

  private static func read<Item>(_ form: Form<Item>, _ words: [String], of name: String) throws(Refusal) -> Item {
    do throws(Misread) {
      let words = try Words(words.joined(separator: " "))
      return try form.read(Arguments(head: words.all[0], words: words.all.dropFirst(), end: words.end))
    } catch { throw Refusal("\(name): \(error.message)") }
  }

  /// A session that is ready to fit.
  func compiled(_ session: Session, _ host: Host) throws(Refusal) -> Session {
    var session = session
    do throws(Refusal) { _ = try compile.run(&session, host) } catch {
      throw Refusal("\(name): \(error.message)", hint: error.hint)
    }
    return session
  }
}
