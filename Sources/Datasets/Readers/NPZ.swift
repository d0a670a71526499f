import Grammar

/// NumPy arrays by name in a zip archive.
package struct NPZ {
  private let archive: ZipArchive

  /// - Throws: `Refusal` when it is no archive, or holds something else than arrays.
  package init(_ path: String) throws(Refusal) {
    archive = try ZipArchive(path)
    if let other = archive.members.first(where: { !$0.name.hasSuffix(".npy") }) {
      throw Refusal("\(path) holds \(other.name.visible); expected NumPy arrays (.npy) only")
    }
    guard !archive.members.isEmpty else { throw Refusal("\(path) holds nothing") }
  }

  var path: String { archive.path }

  /// What the arrays are called, in the order of the archive.
  package var names: [String] { archive.members.map { String($0.name.dropLast(4)) } }

  /// An array of numbers.
  /// - Throws: `Refusal` when there is no such array, with the names there are, or it is broken.
  package func array(_ name: String) throws(Refusal) -> NPY { try NPY(content(name), path: "\(path): \(name)") }

  /// An array of Python's objects.
  /// - Throws: as the one of numbers.
  func objects(_ name: String) throws(Refusal) -> NPY { try NPY(objects: content(name), path: "\(path): \(name)") }

  private func content(_ name: String) throws(Refusal) -> [UInt8] {
    if let member = archive["\(name).npy"] { return try archive.read(member) }
    throw Refusal("\(path) has no array \(name); it has \(names.prefix(20).joined(separator: ", ").visible)")
  }
}
