import Files
import Grammar

/// Where figures are written for TensorBoard.
struct TensorBoardSetting: Setting {
  /// nil for nowhere.
  let folder: String?

  static let form = Form<TensorBoardSetting>(
    "tensorboard", "Where figures, weights and pictures are written for TensorBoard, run by run.",
    Parameter("folder", kind, "a folder, or none"), examples: ["set tensorboard none"],
    make: { TensorBoardSetting(folder: $0) }, settings: { $0.folder })

  static func chosen(in settings: Settings) -> TensorBoardSetting { TensorBoardSetting(folder: settings.tensorboard) }

  func apply(to settings: inout Settings) { settings.tensorboard = folder }

  /// - Throws: `Refusal` when the folder cannot be made or written into.
  func placed(_ host: Host) throws(Refusal) -> any Setting {
    guard let folder else { return self }
    let path = try host.path(folder)
    do throws(FileError) {
      try Folders.make(path)
      try FileWriter.tryOut("\(path)/events")
    } catch { throw Refusal(error) }
    return TensorBoardSetting(folder: path)
  }

  private static let kind = ArgumentType<String?>(
    expected: "a folder, or none", choices: [Choice("none", help: "writes nothing")],
    read: { (word) throws(Misread) -> String? in
      let text = try ArgumentType<String>.text("a folder, or none").value(of: word)
      return text == "none" ? nil : text
    },
    write: { $0.map(ArgumentType<String>.quote) ?? "none" })
}
