import Grammar

/// Whether results that are taller than the window are shown page by page.
struct PagerSetting: Setting {
  let isUsed: Bool

  static let form = Form<PagerSetting>(
    "pager", "Whether results taller than the window are shown page by page, at the prompt only.",
    Parameter("when", .flag, "yes or no"), examples: ["set pager no"],
    make: { PagerSetting(isUsed: $0) }, settings: { $0.isUsed })

  static func chosen(in settings: Settings) -> PagerSetting { PagerSetting(isUsed: settings.pager) }

  func apply(to settings: inout Settings) { settings.pager = isUsed }
}
