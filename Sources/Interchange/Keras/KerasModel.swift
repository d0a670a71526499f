import Datasets
import Engine
import Files
import Grammar

/// A model of Keras's in a file: its layers, their weights, what `compile` chose, what the optimizer remembers.
///
/// `.keras` of Keras 3.15 (`saving_lib`) and 2.12 to 2.15, and whole models in HDF5 (`legacy_h5_format`) of both.
package struct KerasModel: Sendable {
  package private(set) var network: Network
  /// What trains it; nil where the file does not say, or no optimizer or loss here is like it.
  package private(set) var trainer: Trainer?
  /// What is otherwise here than in the file.
  package private(set) var notes: [String] = []

  /// What a model is read for: the data that is loaded, which its input may take in another shape.
  package struct Purpose: Sendable {
    let data: Shape
    let targets: Targets.Kind

    package init(data: Shape, targets: Targets.Kind) { (self.data, self.targets) = (data, targets) }
  }

  /// - Throws: `Refusal` when it is damaged or holds a layer that is not here; nothing in it is run.
  package init(_ archive: KerasArchive, for purpose: Purpose?) throws(Refusal) {
    try self.init(config: try archive.config(), weights: try archive.weights(), for: purpose)
  }

  /// Reads a model that is described in JSON, and its weights in HDF5.
  /// - Throws: `Refusal` when they are damaged, do not belong together, or are of a layer that is not here.
  package init(config: [UInt8], weights: HDF5File, for purpose: Purpose?) throws(Refusal) {
    let config = try KerasJSON(config, what: "\(weights.path): config.json")
    try self.init(config, compiled: config["compile_config"] ?? .null, weights, for: purpose)
  }

  /// Reads a model in HDF5.
  /// - Throws: `Refusal` when it is damaged, holds weights alone, or a layer that is not here.
  package init(_ file: HDF5File, for purpose: Purpose?) throws(Refusal) {
    guard let text = file.texts["@model_config"]?.first else { throw .weightsAlone(file.path) }
    let config = try KerasJSON([UInt8](text.utf8), what: "\(file.path): its model_config")
    let training = try file.texts["@training_config"]?.first.map { (text) throws(Refusal) in
      try KerasJSON([UInt8](text.utf8), what: "\(file.path): its training_config")
    }
    try self.init(config, compiled: training ?? .null, file, for: purpose)
  }

  private init(
    _ config: KerasJSON, compiled: KerasJSON, _ file: HDF5File, for purpose: Purpose?
  ) throws(Refusal) {
    let builder = try KerasBuilder(try KerasChain(config, path: file.path), for: purpose?.data)
    network = try KerasWeights(builder.places, builder.network).filled(from: file)
    notes = builder.notes
    if compiled["optimizer"] ?? compiled["optimizer_config"] != nil {
      compile(compiled, file, targets: purpose?.targets, isFrozen: builder.isFrozen)
    }
  }

  /// Takes what `compile` chose and what the optimizer remembers, as far as they are here; the notes say what is not.
  private mutating func compile(_ config: KerasJSON, _ file: HDF5File, targets: Targets.Kind?, isFrozen: Bool) {
    do throws(Refusal) {
      let state = try KerasOptimizerState(file)
      let reader = try KerasTrainingReader(config, network, targets: targets, rate: state?.rate)
      notes += reader.notes
      trainer = reader.trainer
      guard let state, !state.isFresh else { return }
      guard !isFrozen else {
        throw Refusal("layers that stood still there learn here, so what its optimizer remembers is not theirs")
      }
      trainer = try state.restored(reader.trainer, of: network)
    } catch {
      let what = trainer == nil ? "what compile chose is left out" : "the optimizer begins anew"
      notes.append("\(what): \(error.message)")
    }
  }

  // MARK: Writing

  /// The bytes of a `.keras` as Keras 3.15 writes it, and what it could not hold.
  /// - Parameter epoch: updates in an epoch; nil where there was none yet.
  /// - Throws: `Refusal` that names a layer, or says that it is too large for an archive.
  package static func bytes(
    _ network: Network, _ trainer: Trainer?, epoch: Int?, path: String
  ) throws(Refusal) -> (bytes: [UInt8], notes: [String]) {
    let description = try KerasDescription(network, trainer, epoch: epoch)
    try HDF5Writer.require(1 + (trainer?.optimizer.slotCount ?? 0), of: network, for: path)
    let file = try HDF5Writer(path: path)
    try KerasWeights(network).write(into: file)
    if let trainer {
      let rate = description.hasSchedule ? nil : trainer.optimizer.learningRate
      try KerasOptimizerState.write(trainer, rate: rate, of: network, into: file)
    }
    let weights = try file.bytes()
    let texts = [description.metadata, description.config].map { [UInt8]($0.encoded.utf8) }
    guard weights.count + texts[1].count < ZipWriter.limit - 4096 else {
      throw Refusal(
        "a .keras holds at most \(ZipWriter.limit) bytes, and this model has more",
        hint: "save model model.safetensors")
    }
    try Machine.require(2 * weights.count, for: path, hint: "save model model.safetensors")
    let contents = texts + [weights]
    return (ZipWriter.bytes(zip(KerasArchive.members, contents).map { ($0, $1) }), description.notes)
  }
}

extension Refusal {
  fileprivate static func weightsAlone(_ path: String) -> Refusal {
    Refusal(
      "\(path) holds weights, but does not say of which model",
      hint: "load weights \(ArgumentType<String>.quote(path))")
  }
}
