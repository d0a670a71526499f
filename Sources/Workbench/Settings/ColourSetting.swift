import Grammar

/// When to use colours.
struct ColourSetting: Setting {
  let when: Settings.Colour

  static let form = Form<ColourSetting>(
    "colour", "When to use colours.",
    Parameter("when", .choice("choice of colour"), "auto asks the terminal"), examples: ["set colour no"],
    make: { ColourSetting(when: $0) }, settings: { $0.when })

  static func chosen(in settings: Settings) -> ColourSetting { ColourSetting(when: settings.colour) }

  func apply(to settings: inout Settings) { settings.colour = when }
}
