import Grammar

/// How many threads work at once.
struct ThreadsSetting: Setting {
  let count: Int?

  static let form = Form<ThreadsSetting>(
    "threads", "How many threads work at once; results do not depend on it.",
    Parameter("count", kind, "a number, or auto for one a processor"), examples: ["set threads 2"],
    make: { ThreadsSetting(count: $0) }, settings: { $0.count })

  static func chosen(in settings: Settings) -> ThreadsSetting { ThreadsSetting(count: settings.threads) }

  func apply(to settings: inout Settings) { settings.threads = count }

  func note(_ settings: Settings) -> String? { settings.threadsNote }

  private static let kind = ArgumentType<Int?>(
    expected: "a whole number from 1 to 1024, or auto", choices: [Choice("auto", help: "one a processor")],
    read: { (word) throws(Misread) -> Int? in
      if word.text == "auto" { return nil }
      guard let count = Int(word.text), (1...1024).contains(count) else {
        throw Misread("expected a whole number from 1 to 1024, or auto, not \"\(word.text)\"", at: word.span)
      }
      return count
    },
    write: { $0.map(String.init) ?? "auto" })
}
