import Datasets
import Grammar
import Interchange
import Pictures

/// Writes the model: all that predicting, evaluating and the next epoch follow from.
struct SaveModel: Command {
  let file: String
  let library: ProgramLibrary
  let withWeights: Bool
  let isForced: Bool

  static let form = Form<SaveModel>(
    "save model",
    "Writes the network, its optimizer with all that it remembers, and the epochs, to go on with elsewhere to the bit.",
    Parameter(
      "file", .file(of: "a model", endings: endings, command: "save model").from(.weights),
      "ending in .safetensors, in .py for a program that makes the network"),
    .library, .named("weights", .flag, default: true, "no: a .py begins with new weights"), Parameter<Bool>.force,
    examples: ["save model digits.safetensors", "save model digits.py"],
    make: { SaveModel(file: $0, library: $1, withWeights: $2, isForced: $3) },
    settings: { ($0.file, $0.library, $0.withWeights, $0.isForced) })

  private static let endings = ["safetensors", ProgramFiles.ending]

  var written: [String] { ProgramFiles.isProgram(file) ? ProgramFiles(file: file).written : [file] }

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    if ProgramFiles.isProgram(file) { return try saveProgram(&draft, host) }
    var model = try ModelFile(draft)
    model.data.sha256 = try draft.loaded().fingerprint()
    let bytes = model.bytes()
    let path = try host.save(file, isForced: isForced, command: "save model", bytes)
    draft.hasUnsavedTraining = false
    return Remark(
      "\(counted(model.network.layers.count, "layer")), \(counted(model.network.parameters, "weight")), "
        + "\(counted(model.history.count, "epoch")) in \(volatile: path)",
      [
        ("file", .text(path)), ("layers", .integer(model.network.layers.count)),
        ("parameters", .integer(model.network.parameters)), ("epochs", .integer(model.history.count)),
        ("bytes", .integer(bytes.count)),
      ])
  }

  private func saveProgram(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let paths = try ProgramFiles(file: file).save(
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
}
