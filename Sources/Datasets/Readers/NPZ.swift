import Grammar

/// NumPy arrays by name in a zip archive.
struct NPZ {
  private let archive: ZipArchive

  /// - Throws: `Refusal` when it is no archive, or holds something else than arrays.
  init(_ path: String) throws(Refusal) {
    archive = try ZipArchive(path)
    if let other = archive.members.first(where: { !$0.name.hasSuffix(".npy") }) {
      throw Refusal("\(path) holds \(other.name.visible); expected NumPy arrays (.npy) only")
    }
    guard !archive.members.isEmpty else { throw Refusal("\(path) holds nothing") }
  }

  var path: String { archive.path }

  /// What the arrays are called, in the order of the archive.
  var names: [String] { archive.members.map { String($0.name.dropLast(4)) } }

  /// The array of a name; nil when there is none.
  /// - Throws: `Refusal` when it is broken.
  func find(_ name: String) throws(Refusal) -> NPY? {
    guard let member = archive["\(name).npy"] else { return nil }
    return try NPY(try archive.read(member), path: "\(path): \(name)")
  }

  /// - Throws: `Refusal` when there is no such array, with the names there are.
  func array(_ name: String) throws(Refusal) -> NPY {
    if let array = try find(name) { return array }
    throw Refusal("\(path) has no array \(name); it has \(names.prefix(20).joined(separator: ", ").visible)")
  }
}
