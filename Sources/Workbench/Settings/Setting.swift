import Grammar

/// One choice that `set` makes.
protocol Setting: Sendable {
  static var form: Form<Self> { get }

  /// The choice that has been made.
  static func chosen(in settings: Settings) -> Self

  /// Makes the choice.
  func apply(to settings: inout Settings)

  /// The same choice with files named as this host finds them; refuses what cannot be chosen.
  func placed(_ host: Host) throws(Refusal) -> any Setting

  /// What to tell besides, once it is made.
  func note(_ settings: Settings) -> String?
}

extension Setting {
  func placed(_ host: Host) throws(Refusal) -> any Setting { self }
  func note(_ settings: Settings) -> String? { nil }
}

/// All settings, in the order of help.
enum SettingCatalogue {
  static let all: [any Setting.Type] = [
    ThreadsSetting.self, ColourSetting.self, PicturesSetting.self, ThemeSetting.self, PromptSetting.self,
    HintsSetting.self, PagerSetting.self, KeysSetting.self, UndoSetting.self,
    TensorBoardSetting.self,
  ]
  static let catalogue = Catalogue("setting", all.map { lift($0) })

  private static func lift<Item: Setting>(_ type: Item.Type) -> Form<any Setting> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }
}
