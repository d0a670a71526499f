/// NumPy's arrays, stored in a zip archive under their names (NEP 1, `numpy.savez`).
public enum NPZArchive {
  /// Members of a plain archive have fewer bytes than this.
  public static let limit = ZipWriter.limit

  /// What the elements are, as NumPy writes it; all little-endian.
  public enum ElementType: String, Sendable {
    case bytes = "|u1"
    case floats = "<f4"
    case integers = "<i8"
  }

  /// An array to be written.
  public struct Array {
    let name: String
    let type: ElementType
    let shape: [Int]
    let content: [UInt8]

    init(_ name: String, _ type: ElementType, _ shape: [Int], _ content: [UInt8]) {
      (self.name, self.type, self.shape, self.content) = (name, type, shape, content)
    }

    /// Numbers of single precision.
    public init(_ name: String, shape: [Int], _ numbers: [Float]) {
      self.init(name, .floats, shape, little(numbers.map(\.bitPattern)))
    }
  }

  /// A file of version 1, its header filled up to a multiple of 64 bytes (NEP 1).
  private static func npy(_ array: Array) -> [UInt8] {
    let extents = array.shape.map(String.init).joined(separator: ", ") + (array.shape.count == 1 ? "," : "")
    let header = "{'descr': '\(array.type.rawValue)', 'fortran_order': False, 'shape': (\(extents)), }"
    let blanks = (64 - (11 + header.utf8.count) % 64) % 64
    let text = [UInt8](header.utf8) + [UInt8](repeating: 0x20, count: blanks) + [0x0A]
    return [0x93] + [UInt8]("NUMPY".utf8) + [1, 0] + little([UInt16(text.count)]) + text + array.content
  }

  /// The bytes of the archive, its arrays stored in this order.
  /// - Precondition: they are fewer than `limit`.
  public static func bytes(_ arrays: [Array]) -> [UInt8] {
    ZipWriter.bytes(arrays.map { ("\($0.name).npy", npy($0)) })
  }
}
