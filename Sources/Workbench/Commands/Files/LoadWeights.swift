import Engine
import Grammar

/// Reads what a network of the same layers has learnt.
struct LoadWeights: Command {
  let file: String

  static let form = Form<LoadWeights>(
    "load weights", "Reads what a network of the same layers has learnt; names and shapes are checked first.",
    Parameter(
      "file", .text("a file's name").from(.weights), "a file of save weights, or from Keras in the same layout"),
    examples: ["load weights digits.safetensors"], make: { LoadWeights(file: $0) }, settings: { $0.file })

  var inputs: [String] { [file] }

  static var effect: Effect { .undoable }

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    var network = try draft.built()
    // A header of names and shapes takes far less than this for each tensor.
    let maximum = network.parameters * MemoryLayout<Float>.stride + (network.tensors.count + 16) * 65_536
    let path = try host.path(file)
    let bytes = try host.read(path, limit: maximum, as: .safetensors, what: "safetensors file")
    try Safetensors.decode(bytes, into: &network, path: path)
    draft.network = network
    draft.evaluation = nil
    draft.foldFigures = []
    return Remark(
      "\(counted(network.parameters, "weight")) from \(volatile: path)",
      [("file", .text(path)), ("tensors", .integer(network.tensors.count))])
  }
}
