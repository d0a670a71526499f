import Grammar
import Pictures

/// Tells what `set` has chosen; a bare `set` is this too.
struct ListSettings: Command {
  /// The one that is told; nil for all.
  let name: String?

  static let form = Form<ListSettings>(
    "settings", "Tells how the program works and looks: every setting and its value, or that of one.",
    Parameter("setting", kind.optional, default: .some(nil), "which one"),
    examples: ["settings", "settings threads"],
    make: { ListSettings(name: $0) }, settings: { $0.name })

  private static let kind = ArgumentType<String>.word(
    of: SettingCatalogue.catalogue.choices.map { Choice($0.word, help: $0.help) },
    called: SettingCatalogue.catalogue.what)

  static var effect: Effect { .meta }

  static var givesTable: Bool { true }

  /// The words of a bare `set`, or of `set` with a name and no value, as this command has them; nil for others.
  static func asked(_ words: Words) -> [String]? {
    guard words.all.first?.plain == "set", words.all.count <= 2 else { return nil }
    let names = words.all.dropFirst().map(\.plain)
    return names.allSatisfy { SettingCatalogue.catalogue[$0] != nil } ? names : nil
  }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let all = SettingCatalogue.all.map { ListSettings.words(of: $0, host.preferences.settings) }
    return Output(settings: all.filter { name == nil || $0.name == name })
  }

  /// A setting's name and its value, as they are typed.
  private static func words<Item: Setting>(of type: Item.Type, _ settings: Settings) -> (name: String, value: String) {
    let line = Item.form.line(Item.chosen(in: settings)) ?? Item.form.name
    return (Item.form.name, String(line.dropFirst(Item.form.name.count + 1)))
  }

  private struct Output: Answer {
    let settings: [(name: String, value: String)]

    var json: JSON { .object([("settings", .object(settings.map { ($0.name, .text($0.value)) }))]) }

    var pictures: [any Picture] {
      [
        Table(
          [.init("setting", leansRight: false), .init("value", leansRight: false)],
          rows: settings.map { [Line($0.name, .bold), Line($0.value)] })
      ]
    }
  }
}
