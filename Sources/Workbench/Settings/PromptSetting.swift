import Grammar

/// How much the prompt shows.
struct PromptSetting: Setting {
  let length: Settings.Prompt

  static let form = Form<PromptSetting>(
    "prompt", "What the prompt shows.",
    Parameter("length", .choice("length of the prompt"), "full: what is loaded and learnt too; short: the number"),
    examples: ["set prompt short"],
    make: { PromptSetting(length: $0) }, settings: { $0.length })

  static func chosen(in settings: Settings) -> PromptSetting { PromptSetting(length: settings.prompt) }

  func apply(to settings: inout Settings) { settings.prompt = length }
}
