import Engine
import Files
import Grammar
import Interchange

/// Reads what a network of the same layers has learnt.
struct LoadWeights: Command {
  let file: String
  let layout: WeightLayout

  static let form = Form<LoadWeights>(
    "load weights", "Reads what a network of the same layers has learnt; names and shapes are checked first.",
    Parameter(
      "file", .text("a file's name").from(.weights),
      "a file of save weights, a file of PyTorch's with layout=torch, or an .h5 or a .keras of Keras's"),
    .layout,
    examples: ["load weights digits.safetensors", "load weights digits.npz", "load weights digits.weights.h5"],
    make: { LoadWeights(file: $0, layout: $1) }, settings: { ($0.file, $0.layout) })

  var inputs: [String] { [file] }

  static var effect: Effect { .undoable }

  var wantsCheckpoint: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    var network = try draft.built()
    let path = try host.path(file)
    try fill(&network, path, host)
    draft.network = network
    draft.evaluation = nil
    draft.foldFigures = []
    return Remark(
      "\(counted(network.parameters, "weight")) from \(volatile: path)",
      [("file", .text(path)), ("tensors", .integer(network.tensors.count))])
  }

  private func fill(_ network: inout Network, _ path: String, _ host: Host) throws(Refusal) {
    // A header of names and shapes takes far less than this for each tensor.
    let maximum = network.parameters * MemoryLayout<Float>.stride + (network.tensors.count + 16) * 65_536
    let kind = FileReader.kind(of: path)
    switch kind {
    case .npz:
      network = try WeightArchive.read(path, into: network, layout: layout)
      host.knownFiles.note(path)
    case .hdf5, .keras: network = try KerasWeights(network).filled(from: try keras(path, kind, host))
    default:
      let bytes = try host.read(path, limit: maximum, as: .safetensors, what: "safetensors file")
      try Safetensors.decode(bytes, into: &network, layout: layout, path: path)
    }
  }

  /// A file of Keras's, weights alone or with their model.
  private func keras(_ path: String, _ kind: FileKind?, _ host: Host) throws(Refusal) -> HDF5File {
    guard layout == .keras else {
      throw Refusal(
        "\(path) is Keras's, and its layouts are; layout=\(layout.rawValue) is for .safetensors and .npz",
        hint: "load weights \(ArgumentType<String>.quote(file))")
    }
    if kind == .keras {
      host.knownFiles.note(path)
      return try KerasArchive(path).weights()
    }
    return try HDF5File(try host.read(path, limit: LoadModel.largest, as: .hdf5, what: "HDF5 file"), path: path)
  }
}
