import Grammar
import Pictures

/// Explains a word, or lists all of them.
struct Help: Command {
  let words: [String]

  static let form = Form<Help>(
    "help", "Explains a command, a layer, an activation, an optimizer, a loss, a data set; or lists them all.",
    .rest("word", .text("a name").from(.topics), isRequired: false, "what to explain"),
    examples: ["help", "help fit", "help show errors", "help rmsprop"],
    make: { Help(words: $0) }, settings: { $0.words })

  static var effect: Effect { .steers }

  /// What a newcomer can type, in order.
  private static let firstLines = [
    "load digits", "add dense 512 relu", "add dense 10 softmax", "compile rmsprop", "fit 3 128",
  ]

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let name = words.joined(separator: " ")
    if name.isEmpty { return Output(topics: Topic.all, isOverview: true) }
    if name == "keys", !host.keys.isEmpty { return Keys(keys: host.keys) }
    let found = Topic.all.filter { $0.name == name }
    let group = found.isEmpty ? Topic.all.filter { $0.name.hasPrefix(name + " ") } : found
    guard !group.isEmpty else { throw .unknown(name) }
    return Output(topics: group, isOverview: false)
  }

  /// The keys of the prompt.
  private struct Keys: Answer {
    let keys: [KeyHelp]

    var json: JSON {
      .object([("keys", .list(keys.map { .object([("key", .text($0.keys)), ("does", .text($0.does))]) }))])
    }

    var pictures: [any Picture] {
      [Glossary(("key", "does"), keys.map { Glossary.Entry($0.keys, $0.does) })]
    }
  }

  private struct Output: Answer {
    let topics: [Topic]
    let isOverview: Bool

    var json: JSON { .object([("topics", .list(topics.map(\.json)))]) }

    var pictures: [any Picture] {
      guard isOverview else {
        return [Paragraph(Array(topics.map(\.lines).joined(separator: [Line()])))]
      }
      let lines = Help.firstLines.map { Line("  \($0)", .bold) }
      return [Paragraph([Line("Try these, one after the other:")] + lines + [Line()])]
        + groups + [Paragraph([Line(), Line("help NAME tells more of any of them, help keys of the keys.")])]
    }

    /// Commands a line each, everything else as names.
    private var groups: [any Picture] {
      let commands = topics.filter { $0.what == "command" }
      let table = Glossary(("command", "does"), commands.map { Glossary.Entry($0.name, $0.help) })
      var names: [(String, [String])] = []
      for topic in topics where topic.what != "command" {
        if names.last?.0 == topic.what {
          names[names.count - 1].1.append(topic.name)
        } else {
          names.append((topic.what, [topic.name]))
        }
      }
      return [table, Paragraph([Line()] + names.map { Line("\($0.0): ", .bold) + Line($0.1.joined(separator: " ")) })]
    }
  }
}

extension Refusal {
  fileprivate static func unknown(_ name: String) -> Refusal {
    let near = Suggestion.nearest(to: name, among: Topic.all.map(\.name)).map { "; did you mean \($0)?" } ?? ""
    return Refusal("there is no help on \"\(name)\"\(near)", hint: "help")
  }
}
