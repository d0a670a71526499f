import CZlib

/// Stores members in a zip archive (PKWARE APPNOTE 6.3), without packing them.
public enum ZipWriter {
  /// Plain archives have fewer bytes than this.
  public static let limit = 0xFFFF_FFFF

  /// The bytes of the archive, its members in this order.
  /// - Precondition: they are fewer than `limit`.
  public static func bytes(_ members: [(name: String, content: [UInt8])]) -> [UInt8] {
    var (bytes, list) = ([UInt8](), [UInt8]())
    bytes.reserveCapacity(members.reduce(22) { $0 + 76 + 2 * $1.name.utf8.count + $1.content.count })
    for (name, content) in members {
      let (name, place) = ([UInt8](name.utf8), UInt32(bytes.count))
      let (size, sum) = (UInt32(content.count), UInt32(crc32_z(0, content, content.count)))
      // Version 2.0, stored, 1 January 1980, the earliest that zip knows: the same data give the same file.
      let facts =
        little([20, 0, 0, 0, 0x21] as [UInt16]) + little([sum, size, size]) + little([UInt16(name.count), 0])
      list +=
        [0x50, 0x4B, 1, 2] + little([20] as [UInt16]) + facts + little([0, 0, 0] as [UInt16])
        + little([0, place] as [UInt32]) + name
      bytes += [0x50, 0x4B, 3, 4] + facts + name + content
    }
    let count = UInt16(members.count)
    let end =
      little([0, 0, count, count]) + little([UInt32(list.count), UInt32(bytes.count)]) + little([0] as [UInt16])
    return bytes + list + [0x50, 0x4B, 5, 6] + end
  }
}
