import Grammar

/// How much memory undo may hold.
struct UndoSetting: Setting {
  let bytes: Int?

  static let form = Form<UndoSetting>(
    "undo", "How much memory undo and the results of earlier commands may hold; the oldest go first.",
    Parameter("size", kind, "a size, or auto for a quarter of the memory that is free"), examples: ["set undo 512MB"],
    make: { UndoSetting(bytes: $0) }, settings: { $0.bytes })

  static func chosen(in settings: Settings) -> UndoSetting { UndoSetting(bytes: settings.undo) }

  func apply(to settings: inout Settings) { settings.undo = bytes }

  private static let kind = ArgumentType<Int?>(
    expected: "a size such as 512MB or 4GB, or auto", choices: [Choice("auto", help: "a quarter of what is free")],
    read: { (word) throws(Misread) -> Int? in
      if word.text == "auto" { return nil }
      // A bare number is hardly a count of bytes, nor of steps.
      guard let bytes = ByteSize(word.text)?.bytes, bytes == 0 || word.text.last?.isLetter == true else {
        throw Misread("expected a size such as 512MB or 4GB, or auto, not \"\(word.text)\"", at: word.span)
      }
      return bytes
    },
    write: { $0.map { ByteSize(bytes: $0).text } ?? "auto" })
}
