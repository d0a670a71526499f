import Datasets
import Files
import Grammar
import Interchange
import Pictures

/// Writes the model: all that predicting, evaluating and the next epoch follow from.
struct SaveModel: Command {
  let file: String
  private(set) var library: ProgramLibrary
  private(set) var withWeights: Bool
  private(set) var takesBytes: Bool
  let isForced: Bool

  static let form = Form<SaveModel>(
    "save model",
    "Writes the network, its optimizer with all that it remembers, and the epochs, to go on with elsewhere to the bit.",
    Parameter(
      "file", .file(of: "a model", endings: endings, command: "save model").from(.weights),
      "ending in .safetensors, in .keras for Keras, in .onnx for what predicts elsewhere, in .py for a program "
        + "that makes the network"),
    .library, .named("weights", .flag, default: true, "no: a .py begins with new weights"),
    .named("pixels", .flag, default: false, "yes: an .onnx takes bytes from 0 to 255, and scales them itself"),
    Parameter<Bool>.force,
    examples: [
      "save model digits.safetensors", "save model digits.keras", "save model digits.py", "save model digits.onnx",
    ],
    make: { SaveModel(file: $0, library: $1, withWeights: $2, takesBytes: $3, isForced: $4) },
    settings: { ($0.file, $0.library, $0.withWeights, $0.takesBytes, $0.isForced) })

  private static let endings = ["safetensors", "keras", "onnx", ProgramFiles.ending]

  var written: [String] { ProgramFiles.isProgram(file) ? ProgramFiles(file: file).written : [file] }

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    try checkWords()
    if ProgramFiles.isProgram(file) { return try saveProgram(&draft, host) }
    if FileEnding.of(file) == "onnx" { return try saveONNX(&draft, host) }
    if FileEnding.of(file) == "keras" { return try saveKeras(&draft, host) }
    var model = try ModelFile(draft)
    let dataset = try draft.loaded()
    // Whose examples have not been learnt from are not those that the model goes on with.
    if model.data == ModelDescription.Data(dataset) { model.data.sha256 = dataset.fingerprint() }
    var count = 0
    let path = try host.save(file, isForced: isForced, command: "save model") { (take) throws(FileError) in
      count = try model.write(to: take)
    }
    draft.hasUnsavedTraining = false
    return Remark(
      "\(counted(model.network.layers.count, "layer")), \(counted(model.network.parameters, "weight")), "
        + "\(counted(model.history.count, "epoch")) in \(volatile: path)",
      [
        ("file", .text(path)), ("layers", .integer(model.network.layers.count)),
        ("parameters", .integer(model.network.parameters)), ("epochs", .integer(model.history.count)),
        ("bytes", .integer(count)),
      ])
  }

  /// - Throws: `Refusal` when a word has no effect on a file of this ending.
  private func checkWords() throws(Refusal) {
    let isProgram = ProgramFiles.isProgram(file)
    if !isProgram, library != .keras || !withWeights {
      let words = library == .keras ? "weights=no" : "to=\(library.rawValue)"
      throw Refusal(
        "\(words) is for programs, and \(file) is none",
        hint: line(FileEnding.replaced(file, by: ProgramFiles.ending)) { $0.takesBytes = false })
    }
    if takesBytes, FileEnding.of(file) != "onnx" {
      throw Refusal(
        "pixels=yes is for a model of ONNX, and \(file) is none",
        hint: line(FileEnding.replaced(file, by: "onnx")) { ($0.library, $0.withWeights) = (.keras, true) })
    }
  }

  /// The same for another file, as it is typed.
  private func line(_ file: String, _ change: (inout SaveModel) -> Void) -> String? {
    var other = SaveModel(
      file: file, library: library, withWeights: withWeights, takesBytes: takesBytes, isForced: isForced)
    change(&other)
    return SaveModel.form.line(other)
  }

  private func saveProgram(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let program = ProgramFiles(file: file)
    try program.checkName { line($0) { _ in } }
    let paths = try program.save(
      model: draft, for: library, withWeights: withWeights, isForced: isForced, host)
    if withWeights { draft.hasUnsavedTraining = false }
    let network = try draft.built()
    return Remark(
      "\(counted(network.layers.count, "layer")), \(counted(network.parameters, "weight")) in "
        + "\(volatile: paths.joined(separator: ", "))",
      [
        ("file", .text(paths[0])), ("layers", .integer(network.layers.count)),
        ("parameters", .integer(network.parameters)), ("files", .list(paths.map(JSON.text))),
      ])
  }

  /// All but the epochs, the data and the random generator is there.
  private func saveKeras(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let network = try draft.built()
    let (bytes, notes) = try KerasModel.bytes(
      network, draft.trainer, epoch: draft.history.map(\.batches).max(), path: try host.path(file))
    let path = try host.save(file, isForced: isForced, command: "save model", bytes)
    draft.hasUnsavedTraining = false
    return Remark(
      "\(counted(network.layers.count, "layer")), \(counted(network.parameters, "weight")) in \(volatile: path)",
      [
        ("file", .text(path)), ("layers", .integer(network.layers.count)),
        ("parameters", .integer(network.parameters)), ("bytes", .integer(bytes.count)),
      ], notes: notes.map { Line($0) })
  }

  /// What predicts is there, but not what the optimizer remembers.
  private func saveONNX(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let (network, dataset) = (try draft.built(), try draft.loaded())
    guard !takesBytes || dataset.isUnitBytes else {
      throw Refusal(
        "pixels=yes is for images of bytes that stand for 0 to 1, and \(dataset.name) has other numbers",
        hint: "save model \(ArgumentType<String>.quote(file))")
    }
    let bytes = try ONNXModel.bytes(network, takesBytes: takesBytes, classes: dataset.classes)
    let path = try host.save(file, isForced: isForced, command: "save model", bytes)
    draft.hasUnsavedTraining = false
    let idle = network.layers.map(\.name).filter(ONNXModel.isTrainingOnly)
    let notes: [Line] = idle.isEmpty ? [] : ["left out, as they only train: \(idle.joined(separator: ", "))"]
    return Remark(
      "\(counted(network.layers.count, "layer")), \(counted(network.parameters, "weight")) in \(volatile: path)",
      [
        ("file", .text(path)), ("layers", .integer(network.layers.count)),
        ("parameters", .integer(network.parameters)), ("bytes", .integer(bytes.count)),
      ], notes: notes)
  }
}
