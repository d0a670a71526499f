import Grammar
import Pictures

/// Explains a word, or lists all of them.
struct Help: Command {
  let words: [String]

  static let form = Form<Help>(
    "help",
    "Explains a command, a layer, an optimizer, an idea and so on, or a group of them; help all lists everything.",
    .rest("word", .text("a name").from(.topics), isRequired: false, "what to explain"),
    examples: ["help", "help train", "help fit", "help show errors", "help rmsprop", "help overfitting"],
    make: { Help(words: $0) }, settings: { $0.words })

  static var effect: Effect { .meta }

  /// What a newcomer can type, in order.
  private static let firstLines = [
    "load digits", "add dense 512 relu", "add dense 10 softmax", "compile rmsprop", "fit 3 128",
  ]

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let name = words.joined(separator: " ")
    if name.isEmpty { return Output(topics: Topic.all, pictures: [Paragraph(Help.overview)]) }
    if name == "all" { return Output(topics: Topic.all, pictures: HelpGroup.all.flatMap(Help.list)) }
    if name == "keys", !host.keys.isEmpty { return Keys(keys: host.keys) }
    let exact = HelpGroup.all.first { $0.name == name }
    let found = Help.topics(name, isGroup: exact != nil, draft)
    let group = found.isEmpty ? exact ?? HelpGroup.all.first { $0.name == name + "s" } : exact
    guard group != nil || !found.isEmpty else {
      // `help add dense`: what is added has a name of its own.
      if let parameter = Help.parameter(name) { return parameter }
      guard words.count == 2, Commands.catalogue[words[0]] != nil else { throw .unknown(name) }
      return try Help(words: [words[1]]).run(&draft, host)
    }
    var pictures: [any Picture] = group.map(Help.list) ?? []
    if !found.isEmpty { pictures.append(Paragraph(Array(found.map(\.lines).joined(separator: [Line()])))) }
    var output = Output(topics: (group?.topics ?? []) + found, pictures: pictures)
    output.nextLine = found.first.flatMap { $0.what == Idea.what ? $0.examples.first : nil }
    return output
  }

  /// What a name means: the idea first, and then what can be typed under that name; else what begins with it.
  private static func topics(_ name: String, isGroup: Bool, _ session: Session) -> [Topic] {
    let ideas = Idea.all.filter { $0.isMeant(by: name) }.map { idea in
      var topic = Topic(idea)
      topic.examples = idea.lines(in: session)
      return topic
    }
    let typed = Topic.all.filter { $0.what != Idea.what && $0.name == name }
    if isGroup || !(ideas + typed).isEmpty { return (isGroup ? [] : ideas) + typed }
    let lowered = name.lowercased()
    let others = Topic.all.filter { topic in
      topic.otherNames.contains { $0.lowercased() == lowered } || topic.name.hasSuffix(".\(lowered)")
    }
    return others.isEmpty ? Topic.all.filter { $0.name.hasPrefix(name + " ") } : others
  }

  /// What a name means that is a parameter's alone, of all that have it; nil where nothing has.
  private static func parameter(_ name: String) -> Output? {
    let found = Topic.all.filter { !$0.lines(of: name).isEmpty }
    guard !found.isEmpty else { return nil }
    return Output(topics: found, pictures: [Paragraph(Array(found.map { $0.lines(of: name) }.joined()))])
  }

  /// Ten lines that begin everything.
  private static var overview: [Line] {
    func names(_ groups: ArraySlice<HelpGroup>) -> Line {
      Line("  " + groups.map(\.name).joined(separator: " "), .bold)
    }
    let purposes = HelpGroup.byPurpose.count
    return [Line("Try these, one after the other:")] + firstLines.map { Line("  \($0)", .bold) } + [
      Line("help") + Line(" with one of these words lists what belongs to it:"), names(HelpGroup.all[..<purposes]),
      names(HelpGroup.all[purposes...]),
      Line("help NAME", .bold) + Line(" explains one thing, ") + Line("help keys", .bold) + Line(" the keys; ")
        + Line("help all", .bold) + Line(" lists everything."),
    ]
  }

  /// A group with a line for each of its members.
  private static func list(_ group: HelpGroup) -> [any Picture] {
    [
      Paragraph(Line("\(group.name): ", .bold) + Line(group.title)),
      Glossary(("name", "does"), group.topics.map { Glossary.Entry($0.name, $0.brief) }), Paragraph(Line()),
    ]
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
    let pictures: [any Picture]
    var nextLine: String?

    var json: JSON { .object([("topics", .list(topics.map(\.json)))]) }
  }
}

extension Refusal {
  fileprivate static func unknown(_ name: String) -> Refusal {
    let near =
      Suggestion.nearest(to: name, among: Topic.all.map(\.name) + HelpGroup.all.map(\.name)).map {
        "; did you mean \($0)?"
      } ?? ""
    return Refusal("there is no help on \"\(name)\"\(near)", hint: "help")
  }
}
