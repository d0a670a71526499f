import CHDF5
import Engine
import Grammar

/// Makes an HDF5 file in memory: arrays under paths, whose groups come by themselves.
final class HDF5Writer {
  private let file: Int64
  private let path: String

  /// - Parameter path: what the file will be called, for messages.
  /// - Throws: `Refusal` when libhdf5 is missing or cannot begin a file.
  init(path: String) throws(Refusal) {
    if let failure = hdf5_load() { throw .noLibrary(String(cString: failure)) }
    self.path = path
    file = hdf5_create()
    guard file >= 0 else { throw Refusal("\(path) cannot be made: HDF5 does not begin it") }
  }

  deinit { if file >= 0 { hdf5_close(file) } }

  /// Holds what a file of so many times a network's numbers takes against the memory there is: the numbers as they are
  /// laid out, the library's file, and its bytes.
  static func require(_ times: Int, of network: Network, for path: String) throws(Refusal) {
    let need = network.values.count.multipliedReportingOverflow(by: 3 * MemoryLayout<Float>.stride * times)
    try Machine.require(need.overflow ? nil : need.partialValue, for: path, hint: "save model model.safetensors")
  }

  /// Adds numbers of single precision, row by row.
  func add(_ name: String, shape: [Int], _ numbers: [Float]) throws(Refusal) {
    precondition(Shape(shape).count == numbers.count && shape.count <= hdf5_axes, "as many numbers as the shape says")
    try check(hdf5_add_floats(file, name, Int32(shape.count), shape.map(Int64.init), numbers), name)
  }

  /// Adds one whole number.
  func add(_ name: String, integer: Int) throws(Refusal) {
    try check(hdf5_add_integer(file, name, Int32(clamping: integer)), name)
  }

  /// Adds a group without arrays.
  func add(group name: String) throws(Refusal) { try check(hdf5_add_group(file, name), name) }

  /// The bytes of the file so far.
  func bytes() throws(Refusal) -> [UInt8] {
    let size = hdf5_size(file)
    guard size >= 0 else { throw unmade(path) }
    try Machine.require(size, for: path, hint: "save weights weights.safetensors")
    var copied = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      if let base = buffer.baseAddress { copied = hdf5_copy(file, base, size) }
      count = max(0, copied)
    }
    guard copied == size else { throw unmade(path) }
    return bytes
  }

  private func check(_ status: Int32, _ name: String) throws(Refusal) {
    guard status >= 0 else { throw unmade(name) }
  }

  private func unmade(_ name: String) -> Refusal {
    Refusal("\(path) cannot be made: HDF5 does not take \(name)", hint: "save weights weights.safetensors")
  }
}
