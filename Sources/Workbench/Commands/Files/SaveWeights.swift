import Grammar

/// Writes what the network has learnt.
struct SaveWeights: Command {
  let file: String
  let isForced: Bool

  static let form = Form<SaveWeights>(
    "save weights", "Writes what the network has learnt, as safetensors in Keras's layouts.",
    Parameter(
      "file", .file(of: "weights", endings: ["safetensors"], command: "save weights").from(.weights),
      "ending in .safetensors"),
    Parameter<Bool>.force, examples: ["save weights digits.safetensors"], make: { SaveWeights(file: $0, isForced: $1) },
    settings: { ($0.file, $0.isForced) })

  var written: [String] { [file] }

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let network = try draft.built()
    let bytes = Safetensors.encode(network)
    let path = try host.save(file, isForced: isForced, command: "save weights", bytes)
    draft.hasUnsavedTraining = false
    return Remark(
      "\(counted(network.parameters, "weight")) in \(volatile: path)",
      [("file", .text(path)), ("tensors", .integer(network.tensors.count)), ("bytes", .integer(bytes.count))])
  }
}
