import Grammar

/// Whether newcomers are shown the next step.
struct HintsSetting: Setting {
  let areShown: Bool

  static let form = Form<HintsSetting>(
    "hints", "Whether the next step is shown to newcomers.",
    Parameter("when", .flag, "yes or no"), examples: ["set hints no"],
    make: { HintsSetting(areShown: $0) }, settings: { $0.areShown })

  static func chosen(in settings: Settings) -> HintsSetting { HintsSetting(areShown: settings.hints) }

  func apply(to settings: inout Settings) { settings.hints = areShown }
}
