import CZlib

/// Small pictures as files.
public enum PNGFile {
  /// A PNG of one colour, red, green, blue and cover.
  public static func bytes(_ width: Int, _ height: Int, _ colour: [UInt8]) -> [UInt8] {
    func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
      let body = Array(name.utf8) + bytes
      return ArchiveFile.number(bytes.count, 4).reversed() + body
        + ArchiveFile.number(Int(crc32_z(0, body, body.count)), 4).reversed()
    }
    let row: [UInt8] = [0] + [[UInt8]](repeating: colour, count: width).joined()
    let rows: [UInt8] = Array([[UInt8]](repeating: row, count: height).joined())
    var packed = [UInt8](repeating: 0, count: rows.count + 1000)
    var count = uLongf(packed.count)
    compress(&packed, &count, rows, uLong(rows.count))
    let head = ArchiveFile.number(width, 4).reversed() + ArchiveFile.number(height, 4).reversed() + [8, 6, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", head)
      + chunk("IDAT", Array(packed[..<Int(count)])) + chunk("IEND", [])
  }
}
