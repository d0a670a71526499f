import Grammar
import Pictures

/// Chooses how the program works and looks.
struct SetOption: Command {
  let setting: any Setting

  static let form = Form<SetOption>(
    "set", "Chooses how the program works and looks; no choice changes a result, and none is saved with the session.",
    .nested(SettingCatalogue.catalogue, "what to choose"),
    examples: ["set threads 2", "set colour no"], make: { SetOption(setting: $0) }, settings: { $0.setting })

  static var effect: Effect { .meta }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    try setting.placed(host).apply(to: &host.preferences.settings)
    return Remark(
      "", [("set", .text(SettingCatalogue.catalogue.line(setting) ?? ""))],
      notes: [setting.note(host.preferences.settings)].compactMap { $0.map { Line($0) } })
  }
}
