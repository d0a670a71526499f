import Datasets
import Engine
import Files
import Grammar
import Interchange
import Pictures

/// Reads a model in place of the network, its optimizer and the epochs.
struct LoadModel: Command {
  let file: String

  static let form = Form<LoadModel>(
    "load model",
    "Reads a file of save model in place of network, optimizer and epochs; the next epoch is as it would have been.",
    Parameter(
      "file", .text("a file's name").from(.weights), "a file of save model, or a model of Keras (.keras, .h5) or ONNX"),
    otherNames: ["keras"], examples: ["load model digits.safetensors", "load model digits.keras"],
    make: { LoadModel(file: $0) }, settings: { $0.file })

  /// Larger files are no models that fit into the memory of any machine.
  static let largest = 1 << 40

  static var effect: Effect { .undoable }

  var wantsCheckpoint: Bool { true }

  var inputs: [String] { [file] }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let path = try host.path(file)
    if FileEnding.of(file) == "onnx" { return try readONNX(path, &draft, host) }
    let kind = FileReader.kind(of: path)
    if kind == .keras || kind == .hdf5 || ["keras", "h5", "hdf5"].contains(FileEnding.of(file)) {
      return try readKeras(path, kind, &draft, host)
    }
    let bytes = try host.read(path, limit: LoadModel.largest, as: .safetensors, what: "model of save model")
    let model = try ModelFile(bytes, path: path)
    var notes: [Line] = []
    if var dataset = draft.dataset {
      notes += try model.match(&dataset, path, hint: draft.way(to: model.data))
      draft.dataset = dataset
      if let digest = model.data.sha256, digest != dataset.fingerprint() {
        notes.append(
          "its data was \(model.data.name), other examples than those loaded here; the next epoch will differ")
      }
    } else {
      notes.append("load its data to evaluate it or to go on: \(model.data.line)")
    }
    draft.take(model)
    return Remark(
      "\(counted(model.network.layers.count, "layer")), \(counted(model.network.parameters, "weight")), "
        + "\(counted(model.history.count, "epoch")) from \(volatile: path)",
      [
        ("file", .text(path)), ("layers", .integer(model.network.layers.count)),
        ("parameters", .integer(model.network.parameters)), ("epochs", .integer(model.history.count)),
      ], notes: notes, nextLine: draft.dataset == nil ? model.data.line : nil)
  }

  /// The network, and what trains it as far as that is here.
  private func readKeras(
    _ path: String, _ kind: FileKind?, _ draft: inout Session, _ host: Host
  ) throws(Refusal) -> any Answer {
    let purpose = draft.dataset.map { KerasModel.Purpose(data: $0.shape, targets: $0.targets) }
    let model: KerasModel
    if kind == .hdf5 || FileEnding.of(file) != "keras" {
      let bytes = try host.read(path, limit: LoadModel.largest, as: .hdf5, .keras, what: "HDF5 file")
      model = try KerasModel(HDF5File(bytes, path: path, isStopRequested: host.isStopRequested), for: purpose)
    } else {
      model = try KerasModel(KerasArchive(path, isStopRequested: host.isStopRequested), for: purpose)
      host.knownFiles.note(path)
    }
    let network = model.network
    try draft.dataset?.check(network, path)
    draft.take(network, ModelDescription.Data(unnamed: path))
    draft.trainer = model.trainer
    var notes = model.notes.map { Line($0) } + (draft.dataset.map(DataMatch.unnamed) ?? [])
    if draft.dataset == nil { notes.append("load its data to evaluate it or to go on") }
    return Remark(
      "\(counted(network.layers.count, "layer")), \(counted(network.parameters, "weight")), "
        + "\(counted(model.trainer?.steps ?? 0, "update")) from \(volatile: path)",
      [
        ("file", .text(path)), ("layers", .integer(network.layers.count)),
        ("parameters", .integer(network.parameters)), ("updates", .integer(model.trainer?.steps ?? 0)),
      ], notes: notes, nextLine: draft.dataset == nil ? "load digits" : model.trainer == nil ? "compile rmsprop" : nil)
  }

  /// The network alone: a model of ONNX only predicts.
  private func readONNX(_ path: String, _ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let bytes = try host.read(path, limit: Int(Int32.max), what: "model of ONNX")
    let model = try ONNXReader(bytes, path: path)
    let network = model.network
    try draft.dataset?.check(network, path)
    let known = ModelDescription.Data(
      unnamed: path, classes: model.classes.count == max(2, network.output.count) ? model.classes : [])
    var notes: [Line] = ["it predicts; to train it or to evaluate it, choose an optimizer and a loss"]
    if known.isUnnamed, !model.classes.isEmpty {
      let names = counted(model.classes.count, "class", "classes")
      notes.append("it names \(names), and has \(counted(network.output.count, "output"))")
    }
    notes += model.notes.map { Line($0) }
    if let dataset = draft.dataset {
      let match = try DataMatch(dataset, known: known, isTrained: true, hint: "remove all")
      draft.dataset = match.dataset
      notes += model.classes.isEmpty ? DataMatch.unnamed(dataset) : match.notes
    }
    if model.takesBytes { notes += LoadModel.bytesNote(draft.dataset) }
    draft.take(network, known)
    return Remark(
      "\(counted(network.layers.count, "layer")), \(counted(network.parameters, "weight")) from \(volatile: path)",
      [
        ("file", .text(path)), ("layers", .integer(network.layers.count)),
        ("parameters", .integer(network.parameters)),
      ],
      notes: notes, nextLine: draft.dataset == nil ? "load digits" : "compile rmsprop")
  }

  /// What to say where bytes come in, which are numbers from 0 to 1 here, unless the data are such.
  private static func bytesNote(_ dataset: Dataset?) -> [Line] {
    guard let dataset else { return ["it takes bytes from 0 to 255, which are numbers from 0 to 1 here"] }
    let most = dataset.isUnitBytes ? 1 : dataset.train.range.upperBound
    guard most > 1 else { return [] }
    return [
      "it takes bytes from 0 to 255, which are numbers from 0 to 1 here; those of \(dataset.name) go up to "
        + "\(ValueTable.text(most)), and what it predicts of them is not what it would there"
    ]
  }
}

extension ModelFile {
  /// Puts a data set in the order that the model knows; what to say of it.
  /// - Throws: `Refusal` when the model is for other examples than those of the data set.
  func match(_ dataset: inout Dataset, _ path: String, hint: String?) throws(Refusal) -> [Line] {
    let own = ModelDescription.Data(dataset)
    guard network.data == dataset.shape, own.classes?.count == data.classes?.count, own.values == data.values else {
      throw .otherData(path, self, dataset, hint)
    }
    let match = try DataMatch(dataset, known: data, isTrained: !history.isEmpty, hint: hint)
    dataset = match.dataset
    return match.notes
  }
}

extension Session {
  /// Goes on with a model in place of its own.
  mutating func take(_ model: ModelFile) {
    (network, trainer, history, random) = (model.network, model.trainer, model.history, model.random)
    learntFrom = model.data
    evaluation = nil
    hasUnsavedTraining = false
  }

  /// What is typed before a model for other data can be loaded: a network for those that are here goes first.
  fileprivate func way(to data: ModelDescription.Data) -> String { isBuilt ? "remove all" : data.line }
}

extension Dataset {
  /// - Throws: `Refusal` when the network is for other examples than those here.
  fileprivate func check(_ network: Network, _ path: String) throws(Refusal) {
    guard network.data == shape, targets.fits(outputs: network.output.count) else {
      throw .otherExamples(path, network, self)
    }
  }
}

extension Session {
  /// Goes on with a network that nobody has trained here.
  fileprivate mutating func take(_ network: Network, _ known: ModelDescription.Data) {
    forgetTraining()
    self.network = network
    learntFrom = dataset.map(ModelDescription.Data.init) ?? known
  }
}

extension Refusal {
  fileprivate static func otherExamples(_ path: String, _ network: Network, _ dataset: Dataset) -> Refusal {
    Refusal(
      "\(path) makes \(network.output) of examples of \(network.data); \(dataset.name) has \(dataset.facts)")
  }
  fileprivate static func otherData(
    _ path: String, _ model: ModelFile, _ dataset: Dataset, _ hint: String?
  ) -> Refusal {
    let what =
      model.data.classes.map { counted($0.count, "class", "classes") } ?? counted(model.data.values ?? 1, "value")
    return Refusal(
      "\(path) is a model for examples of \(model.network.data) and \(what), as of \(model.data.name); "
        + "\(dataset.name) has others", hint: hint)
  }
}
