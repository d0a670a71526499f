import Grammar

/// Which keys edit the line.
struct KeysSetting: Setting {
  let kind: Settings.Keys

  static let form = Form<KeysSetting>(
    "keys", "Which keys edit the line.",
    Parameter("kind", .choice("kind of keys"), "auto: emacs, or what ~/.editrc chooses"), examples: ["set keys vi"],
    make: { KeysSetting(kind: $0) }, settings: { $0.kind })

  static func chosen(in settings: Settings) -> KeysSetting { KeysSetting(kind: settings.keys) }

  func apply(to settings: inout Settings) { settings.keys = kind }
}
