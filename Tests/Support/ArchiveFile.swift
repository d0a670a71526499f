import CZlib

/// The bytes of small zip archives and NumPy arrays, sound and damaged.
public enum ArchiveFile {
  public struct Member {
    public var name: String
    public var content: [UInt8]
    public var isDeflated = false
    public var method: Int?
    public var flags = 0
    public var sum: UInt32?
    /// What the directory says of the sizes, when that is not the truth.
    public var packedSize: Int?
    public var size: Int?
    public var place: Int?

    public init(name: String, content: [UInt8], isDeflated: Bool = false, place: Int? = nil) {
      (self.name, self.content, self.isDeflated, self.place) = (name, content, isDeflated, place)
    }
  }

  public static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// Deflated without a header, as zip has it.
  public static func deflate(_ content: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    var (input, output) = (content, [UInt8](repeating: 0, count: content.count + 1000))
    let count = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
        (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
        _ = CZlib.deflate(&stream, Z_FINISH)
        return Int(stream.total_out)
      }
    }
    deflateEnd(&stream)
    return Array(output[..<count])
  }

  public static func zip(_ members: [Member], count: Int? = nil) -> [UInt8] {
    var (bytes, list) = ([UInt8](), [UInt8]())
    for member in members {
      let packed = member.isDeflated ? deflate(member.content) : member.content
      let sum = member.sum ?? UInt32(crc32_z(0, member.content, member.content.count))
      let name = Array(member.name.utf8)
      let facts =
        number(member.flags, 2) + number(member.method ?? (member.isDeflated ? 8 : 0), 2) + number(0, 4)
        + number(Int(sum), 4) + number(member.packedSize ?? packed.count, 4)
        + number(member.size ?? member.content.count, 4)
        + number(name.count, 2)
      list +=
        [0x50, 0x4B, 1, 2] + number(20, 2) + number(20, 2) + facts + number(0, 2) + number(0, 2) + number(0, 8)
        + number(member.place ?? bytes.count, 4) + name
      bytes += [0x50, 0x4B, 3, 4] + number(20, 2) + facts + number(0, 2) + name + packed
    }
    let end =
      number(0, 4) + number(count ?? members.count, 2) + number(count ?? members.count, 2) + number(list.count, 4)
      + number(bytes.count, 4) + number(0, 2)
    return bytes + list + [0x50, 0x4B, 5, 6] + end
  }

  /// An array as NumPy writes it.
  public static func npy(_ type: String, _ shape: [Int], _ content: [UInt8], isFortran: Bool = false) -> [UInt8] {
    let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    return npy(
      header: "{'descr': '\(type)', 'fortran_order': \(isFortran ? "True" : "False"), 'shape': (\(extents)), }", content
    )
  }

  public static func npy(header: String, _ content: [UInt8]) -> [UInt8] {
    let text = Array(header.utf8) + [UInt8](repeating: 0x20, count: (128 - (11 + header.utf8.count) % 64) % 64) + [0x0A]
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + number(text.count, 2) + text + content
  }

  public static func npy(floats: [Float], _ shape: [Int]) -> [UInt8] {
    npy("<f4", shape, floats.flatMap { number(Int($0.bitPattern), 4) })
  }

  public static func npz(_ arrays: [(String, [UInt8])], isDeflated: Bool = false) -> [UInt8] {
    zip(arrays.map { Member(name: $0.0 + ".npy", content: $0.1, isDeflated: isDeflated) })
  }

  /// Lists of numbers as NumPy 1 pickles them in protocol 3.
  public static func pickle(_ lists: [[Int]]) -> [UInt8] {
    var bytes: [UInt8] =
      [0x80, 3]
      + Array(
        "cnumpy.core.multiarray\n_reconstruct\nq\0cnumpy\nndarray\nq\u{1}K\0\u{85}".unicodeScalars.map {
          UInt8($0.value)
        })
    bytes +=
      [0x71, 2, 0x43, 1, 0x62, 0x71, 3, 0x87, 0x71, 4, 0x52, 0x71, 5, 0x28, 0x4B, 1, 0x4A] + number(lists.count, 4)
    bytes += [0x85, 0x71, 6] + Array("cnumpy\ndtype\n".utf8) + [0x71, 7, 0x58, 2, 0, 0, 0] + Array("O8".utf8)
    bytes += [
      0x71, 8, 0x4B, 0, 0x4B, 1, 0x87, 0x71, 9, 0x52, 0x71, 10, 0x28, 0x4B, 3, 0x58, 1, 0, 0, 0, 0x7C, 0x71, 11,
    ]
    bytes += [
      0x4E, 0x4E, 0x4E, 0x4A, 255, 255, 255, 255, 0x4A, 255, 255, 255, 255, 0x4B, 63, 0x74, 0x71, 12, 0x62, 0x89,
    ]
    bytes +=
      [0x5D, 0x71, 13, 0x28]
      + lists.flatMap { list in
        [0x5D, 0x28] + list.flatMap { [0x4A] + number($0, 4) } + [0x65] as [UInt8]
      }
    return bytes + [0x65, 0x74, 0x71, 14, 0x62, 0x2E]
  }

  public static func npy(lists: [[Int]]) -> [UInt8] { npy("|O", [lists.count], pickle(lists)) }
}
