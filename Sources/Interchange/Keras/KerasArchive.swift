import Datasets
import Grammar

/// A `.keras`: a zip archive of a description of the model, and its weights in HDF5 (Keras 3.15 `saving_lib`).
package struct KerasArchive {
  /// What it holds, in the order of Keras.
  static let members = ["metadata.json", "config.json", "model.weights.h5"]

  private let archive: ZipArchive
  private let isStopRequested: () -> Bool

  /// - Parameter isStopRequested: asked now and then while its weights are read.
  /// - Throws: `Refusal` when it is no archive, or holds more than a model whose layers are here.
  package init(_ path: String, isStopRequested: @escaping () -> Bool = { false }) throws(Refusal) {
    (archive, self.isStopRequested) = (try ZipArchive(path), isStopRequested)
    for member in archive.members where !KerasArchive.members.contains(member.name) && member.name != "assets/" {
      throw Refusal("\(path) holds \(member.name.shown), which no layer here has")
    }
  }

  /// The weights of the model and of its optimizer.
  package func weights() throws(Refusal) -> HDF5File {
    try HDF5File(try read("model.weights.h5"), path: archive.path, isStopRequested: isStopRequested)
  }

  /// What the model is made of, in JSON.
  func config() throws(Refusal) -> [UInt8] { try read("config.json") }

  private func read(_ name: String) throws(Refusal) -> [UInt8] {
    guard let member = archive[name] else {
      throw Refusal("\(archive.path) is no model of Keras's: it lacks \(name)")
    }
    return try archive.read(member)
  }
}
