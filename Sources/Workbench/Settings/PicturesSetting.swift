import Grammar

/// How pictures are drawn in the terminal.
struct PicturesSetting: Setting {
  let drawing: Settings.Drawing

  static let form = Form<PicturesSetting>(
    "pictures", "How pictures are drawn in the terminal.",
    Parameter("how", .choice("drawing", help: { $0.help }), "auto asks the terminal"),
    examples: ["set pictures blocks"],
    make: { PicturesSetting(drawing: $0) }, settings: { $0.drawing })

  static func chosen(in settings: Settings) -> PicturesSetting { PicturesSetting(drawing: settings.pictures) }

  func apply(to settings: inout Settings) { settings.pictures = drawing }
}

extension Settings.Drawing {
  /// One sentence for help.
  fileprivate var help: String {
    switch self {
    case .auto: "asks the terminal"
    case .kitty: "pixels, by kitty's protocol"
    case .sixel: "pixels, as sixels"
    case .iterm: "pixels, by iTerm2's protocol"
    case .blocks: "cells in two colours each"
    case .ascii: "characters without colours"
    case .none: "words and numbers only"
    }
  }
}
