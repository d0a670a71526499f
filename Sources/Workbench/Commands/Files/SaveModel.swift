import Datasets
import Grammar
import Pictures

/// Writes the model: all that predicting, evaluating and the next epoch follow from.
struct SaveModel: Command {
  let file: String
  let isForced: Bool

  static let form = Form<SaveModel>(
    "save model",
    "Writes the network, its optimizer with all that it remembers, and the epochs, to go on with elsewhere to the bit.",
    Parameter(
      "file", .file(of: "a model", endings: ["safetensors"], command: "save model").from(.weights),
      "ending in .safetensors"),
    Parameter<Bool>.force, examples: ["save model digits.safetensors"], make: { SaveModel(file: $0, isForced: $1) },
    settings: { ($0.file, $0.isForced) })

  var written: [String] { [file] }

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
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
}
