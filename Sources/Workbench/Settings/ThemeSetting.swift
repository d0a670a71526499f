import Grammar

/// Which colours pictures are drawn in.
struct ThemeSetting: Setting {
  let background: Settings.Background

  static let form = Form<ThemeSetting>(
    "theme", "Whether pictures have dark ink on light paper or light ink on dark.",
    Parameter("which", .choice("theme"), "auto asks the terminal; files are light then"), examples: ["set theme dark"],
    make: { ThemeSetting(background: $0) }, settings: { $0.background })

  static func chosen(in settings: Settings) -> ThemeSetting { ThemeSetting(background: settings.theme) }

  func apply(to settings: inout Settings) { settings.theme = background }
}
