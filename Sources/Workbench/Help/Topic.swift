import Datasets
import Engine
import Grammar
import Pictures

/// One thing that help can tell of: a command, a layer, an activation, an optimizer, …
struct Topic: Sendable {
  let what: String
  let name: String
  /// Other names that mean it.
  let otherNames: [String]
  let help: String
  /// The same in one sentence, for lists.
  let brief: String
  let formula: String?
  let source: String?
  let usage: String
  let slots: [ParameterInfo]
  var examples: [String]

  init(_ what: String, _ form: Form<some Any>) {
    self.what = what
    name = form.name
    otherNames = form.otherNames
    (help, brief) = (form.help, form.help)
    formula = form.formula
    source = form.source
    usage = form.usage
    slots = form.slots
    examples = form.examples
  }

  /// What is explained, and not typed.
  init(
    what: String, name: String, otherNames: [String], help: String, brief: String, source: String?, examples: [String]
  ) {
    (self.what, self.name, self.otherNames, self.help, self.brief) = (what, name, otherNames, help, brief)
    (formula, self.source, usage, slots, self.examples) = (nil, source, name, [], examples)
  }

  /// Everything there is, in the order of help.
  static let all: [Topic] =
    topics(Commands.catalogue) + topics(DataSources.catalogue) + topics(Layers.catalogue)
    + topics(Activations.catalogue) + topics(Optimizers.catalogue) + topics(Losses.catalogue)
    + topics(Schedules.catalogue) + topics(Metrics.catalogue) + topics(Initializers.catalogue)
    + topics(SettingCatalogue.catalogue) + Idea.all.map { Topic($0) }

  private static func topics<Value>(_ catalogue: Catalogue<Value>) -> [Topic] {
    catalogue.forms.map { Topic(catalogue.what, $0) }
  }

  /// Words of names that follow these: `errors` after `show`.
  static func words(behind words: [String]) -> [Choice] {
    let groups = HelpGroup.all.map { Choice($0.name, help: $0.title) }
    let whole = [Choice("keys", help: "the keys of the prompt"), Choice("all", help: "everything")]
    return (words.isEmpty ? groups + whole : []) + all.compactMap { topic in
      let parts = topic.name.split(separator: " ").map(String.init)
      guard parts.count > words.count, parts.starts(with: words) else { return nil }
      return Choice(parts[words.count], help: "\(topic.what): \(topic.brief)")
    }
  }

  /// The whole of it, for `help NAME`.
  var lines: [Line] {
    var lines = [Line(usage, .bold) + Line("   \(what)", .dim), Line("  \(help)")]
    if let formula { lines += [Line(), Line("formula", .bold), Line("  \(formula)")] }
    if let source { lines.append(Line("  source: ", .dim) + Line(source)) }
    if !slots.isEmpty { lines += [Line(), Line("parameters", .bold)] }
    for slot in slots.sorted(by: { $0.place != .named && $1.place == .named }) { lines += Topic.lines(slot) }
    if !examples.isEmpty { lines += [Line(), Line(what == Idea.what ? "see it here" : "examples", .bold)] }
    return lines + examples.map { Line("  \($0)") }
  }

  /// A parameter of it, for `help PARAMETER`; none where it has none of this name.
  func lines(of parameter: String) -> [Line] {
    let found = slots.filter { [$0.name, $0.alias].contains(parameter) }
    return found.isEmpty ? [] : [Line(name, .bold) + Line("   \(what)", .dim)] + found.flatMap(Topic.lines)
  }

  private static func lines(_ slot: ParameterInfo) -> [Line] {
    let alias = slot.alias.map { " (\($0))" } ?? ""
    let initial = slot.initial.map { ", default \($0)" } ?? ""
    return [
      Line("  \(slot.name)\(alias)", .bold) + Line("  \(slot.help)"), Line("      \(slot.expected)\(initial)", .dim),
    ]
  }

  var json: JSON {
    .object([
      ("name", .text(name)), ("kind", .text(what)), ("help", .text(help)), ("usage", .text(usage)),
      ("formula", formula.map(JSON.text) ?? .null), ("source", source.map(JSON.text) ?? .null),
      ("examples", .list(examples.map(JSON.text))),
      (
        "parameters",
        .list(slots.map {
          .object([
            ("name", .text($0.name)), ("help", .text($0.help)), ("expected", .text($0.expected)),
            ("default", $0.initial.map(JSON.text) ?? .null),
          ])
        })
      ),
    ])
  }
}
