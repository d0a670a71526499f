import CZlib

/// NumPy's arrays, stored in a zip archive under their names (NEP 1, `numpy.savez`).
public enum NPZArchive {
  /// Members of a plain archive have fewer bytes than this.
  public static let limit = 0xFFFF_FFFF

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
      self.init(name, .floats, shape, NPZArchive.little(numbers.map(\.bitPattern)))
    }
  }

  static func little<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
    words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { [UInt8]($0) } }
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
    var (bytes, list) = ([UInt8](), [UInt8]())
    for array in arrays {
      let (name, place, content) = ([UInt8]("\(array.name).npy".utf8), UInt32(bytes.count), npy(array))
      let (size, sum) = (UInt32(content.count), UInt32(crc32_z(0, content, content.count)))
      // Version 2.0, stored, 1 January 1980, the earliest that zip knows: the same data give the same file.
      let facts =
        little([20, 0, 0, 0, 0x21] as [UInt16]) + little([sum, size, size]) + little([UInt16(name.count), 0])
      list +=
        [0x50, 0x4B, 1, 2] + little([20] as [UInt16]) + facts + little([0, 0, 0] as [UInt16])
        + little([0, place] as [UInt32]) + name
      bytes += [0x50, 0x4B, 3, 4] + facts + name + content
    }
    let count = UInt16(arrays.count)
    let end =
      little([0, 0, count, count]) + little([UInt32(list.count), UInt32(bytes.count)]) + little([0] as [UInt16])
    return bytes + list + [0x50, 0x4B, 5, 6] + end
  }
}
