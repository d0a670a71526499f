import Grammar

/// Chooses how the program works and looks.
struct SetOption: Command {
  let setting: Setting

  static let form = Form<SetOption>(
    "set", "Chooses how the program works and looks; no choice changes a result.",
    .nested(Setting.catalogue, "what to choose"),
    examples: ["set threads 2", "set colour no"], make: { SetOption(setting: $0) }, settings: { $0.setting })

  static var effect: Effect { .changes }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    var notes: [String] = []
    switch setting {
    case .threads(let count):
      draft.settings.threads = count
      notes = [draft.settings.threadsNote].compactMap { $0 }
    case .colour(let colour): draft.settings.colour = colour
    case .pictures(let drawing): draft.settings.pictures = drawing
    case .theme(let theme): draft.settings.theme = theme
    case .prompt(let length): draft.settings.prompt = length
    case .hints(let areShown): draft.settings.hints = areShown
    case .keys(let kind): draft.settings.keys = kind
    case .undo(let bytes): (draft.settings.undo, draft.estimate) = (bytes, .unknown)
    }
    return Remark("", [("set", .text(Setting.catalogue.line(setting) ?? ""))], notes: notes)
  }
}
