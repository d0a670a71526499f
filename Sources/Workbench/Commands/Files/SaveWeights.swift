import Engine
import Grammar
import Interchange

/// Writes what the network has learnt.
struct SaveWeights: Command {
  let file: String
  let layout: WeightLayout
  let precision: WeightPrecision
  let isForced: Bool

  static let form = Form<SaveWeights>(
    "save weights",
    "Writes what the network has learnt, as safetensors, NumPy's arrays or HDF5, in Keras's layouts or PyTorch's.",
    Parameter(
      "file", .file(of: "weights", endings: ["safetensors", "npz", "weights.h5"], command: "save weights")
        .from(.weights), "ending in .safetensors, .npz or .weights.h5"),
    .layout,
    .named("type", .choice("precision", help: \.help), default: .f32, "bits of each number in a .safetensors"),
    Parameter<Bool>.force,
    examples: [
      "save weights digits.safetensors", "save weights torch.safetensors layout=torch", "save weights digits.npz",
      "save weights digits.weights.h5",
    ],
    make: { SaveWeights(file: $0, layout: $1, precision: $2, isForced: $3) },
    settings: { ($0.file, $0.layout, $0.precision, $0.isForced) })

  var written: [String] { [file] }

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let network = try draft.built()
    let bytes = try bytes(network, texts: ModelFile.texts(draft), path: try host.path(file))
    let path = try host.save(file, isForced: isForced, command: "save weights", bytes)
    draft.hasUnsavedTraining = false
    return Remark(
      "\(counted(network.parameters, "weight")) in \(volatile: path)",
      [("file", .text(path)), ("tensors", .integer(network.tensors.count)), ("bytes", .integer(bytes.count))])
  }

  private func bytes(_ network: Network, texts: [(String, String)], path: String) throws(Refusal) -> [UInt8] {
    let ending = FileEnding.of(file) ?? ""
    if ending == "safetensors" {
      return try Safetensors.encode(network, layout: layout, precision: precision, texts: texts, file: file)
    }
    guard precision == .f32 else {
      throw Refusal(
        "type=\(precision.rawValue) is for .safetensors; an .\(ending) holds single precision",
        hint: "save weights \(FileEnding.replaced(file, by: "safetensors")) type=\(precision.rawValue)")
    }
    if ending == "npz" { return try WeightArchive.bytes(network, layout: layout) }
    guard layout == .keras else {
      throw Refusal(
        "an .h5 is Keras's, with Keras's layouts; layout=\(layout.rawValue) is for .safetensors and .npz",
        hint: "save weights \(FileEnding.replaced(file, by: "safetensors")) layout=\(layout.rawValue)")
    }
    return try KerasWeights(network).bytes(path: path)
  }
}

extension Parameter where Value == WeightLayout {
  /// `layout=`, for weights.
  static var layout: Parameter {
    .named("layout", .choice("layout", help: \.help), default: .keras, "whose names and layouts the tensors have")
  }
}
