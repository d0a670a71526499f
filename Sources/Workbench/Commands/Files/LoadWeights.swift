import Engine
import Files
import Grammar
import Interchange
import Pictures

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
    let known = try fill(&network, path, host)
    var notes: [Line] = []
    if let known, let dataset = draft.dataset {
      let match = try DataMatch(dataset, known: known, isTrained: true, hint: "help load weights")
      (draft.dataset, notes) = (match.dataset, match.notes)
    } else if let dataset = draft.dataset {
      notes = DataMatch.unnamed(dataset)
    }
    draft.network = network
    draft.learntFrom = known ?? draft.dataset.map(ModelDescription.Data.init)
    draft.evaluation = nil
    draft.foldFigures = []
    return Remark(
      "\(counted(network.parameters, "weight")) from \(volatile: path)",
      [("file", .text(path)), ("tensors", .integer(network.tensors.count))], notes: notes)
  }

  /// Fills the network; the data that the weights were learnt from, where the file tells.
  private func fill(
    _ network: inout Network, _ path: String, _ host: Host
  ) throws(Refusal) -> ModelDescription.Data? {
    // What has no bytes that tell is what its name says.
    let kind = FileReader.kind(of: path) ?? FileKind.named[FileEnding.of(file) ?? ""]
    switch kind {
    case .npz:
      network = try WeightArchive.read(path, into: network, layout: layout)
      host.knownFiles.note(path)
    case .hdf5, .keras: network = try KerasWeights(network).filled(from: try keras(path, kind, host))
    default:
      // A header of names and shapes takes far less than this for each tensor; a model's file holds what an optimizer
      // remembers besides.
      let maximum = 6 * network.parameters * MemoryLayout<Float>.stride + (network.tensors.count + 16) * 65_536
      let bytes = try host.read(path, limit: maximum, as: .safetensors, what: "safetensors file")
      try Safetensors.decode(bytes, into: &network, layout: layout, path: path)
      return ModelFile.data(of: try TensorFile(bytes, path: path))
    }
    return nil
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
      return try KerasArchive(path, isStopRequested: host.isStopRequested).weights()
    }
    let bytes = try host.read(path, limit: LoadModel.largest, as: .hdf5, what: "HDF5 file")
    return try HDF5File(bytes, path: path, isStopRequested: host.isStopRequested)
  }
}

extension FileKind {
  /// What a file of weights is by its name.
  fileprivate static let named: [String: FileKind] = ["npz": .npz, "h5": .hdf5, "hdf5": .hdf5, "keras": .keras]
}
