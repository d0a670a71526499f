import CZlib
import Engine
import Grammar

/// Writes a data set as NumPy arrays under Keras's names: x_train, y_train, x_test and y_test, stored in a zip archive.
public enum NPZWriter {
  /// Members of a plain archive have fewer bytes than this.
  private static let limit = 0xFFFF_FFFF

  /// The bytes of the file.
  /// - Throws: `Refusal` when they are too many for memory or for an archive.
  public static func bytes(_ dataset: Dataset) throws(Refusal) -> [UInt8] {
    let need = size(dataset.train) + size(dataset.test)
    guard need < limit else { throw Refusal("\(dataset.name) has \(need) bytes, and an .npz holds at most \(limit)") }
    try Machine.require(2 * need, for: dataset.name, hint: "load \(dataset.name) train=1000")
    return zip([
      ("x_train", features(dataset.train)), ("y_train", targets(dataset.train)), ("x_test", features(dataset.test)),
      ("y_test", targets(dataset.test)),
    ])
  }

  private static func size(_ examples: Examples) -> Int {
    let width = examples.pixels == nil ? 4 : 1
    let (count, isHuge) = examples.count.multipliedReportingOverflow(by: examples.shape.count * width + 8)
    return isHuge ? .max / 4 : count
  }

  private static func features(_ examples: Examples) -> [UInt8] {
    let shape = [examples.count] + examples.shape.extents
    if let pixels = examples.pixels { return npy("|u1", shape, pixels[0..<examples.count * examples.shape.count]) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * examples.count * examples.shape.count)
    for row in 0..<examples.count { bytes += little(examples.numbers(of: row).map(\.bitPattern)) }
    return npy("<f4", shape, bytes)
  }

  private static func targets(_ examples: Examples) -> [UInt8] {
    switch examples.targets {
    case .classes(let labels, _): npy("<i8", [labels.count], little(labels.map { UInt64(bitPattern: Int64($0)) }))
    case .values(let values, let width):
      npy("<f4", width == 1 ? [values.count] : [values.count / width, width], little(values.map(\.bitPattern)))
    }
  }

  private static func little<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
    words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
  }

  /// An array of version 1, its header filled up to a multiple of 64 bytes (NEP 1).
  private static func npy(_ type: String, _ shape: [Int], _ content: [UInt8]) -> [UInt8] {
    let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(extents)), }"
    let blanks = (64 - (11 + header.utf8.count) % 64) % 64
    let text = Array(header.utf8) + [UInt8](repeating: 0x20, count: blanks) + [0x0A]
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + little([UInt16(text.count)]) + text + content
  }

  private static func zip(_ arrays: [(name: String, content: [UInt8])]) -> [UInt8] {
    var (bytes, list) = ([UInt8](), [UInt8]())
    for array in arrays {
      let (name, place) = (Array("\(array.name).npy".utf8), UInt32(bytes.count))
      let (size, sum) = (UInt32(array.content.count), UInt32(crc32_z(0, array.content, array.content.count)))
      // Version 2.0, stored, 1 January 1980, the earliest that zip knows: the same data give the same file.
      let facts =
        little([20, 0, 0, 0, 0x21] as [UInt16]) + little([sum, size, size]) + little([UInt16(name.count), 0])
      list +=
        [0x50, 0x4B, 1, 2] + little([20] as [UInt16]) + facts + little([0, 0, 0] as [UInt16])
        + little([0, place] as [UInt32]) + name
      bytes += [0x50, 0x4B, 3, 4] + facts + name + array.content
    }
    let count = UInt16(arrays.count)
    let end =
      little([0, 0, count, count]) + little([UInt32(list.count), UInt32(bytes.count)]) + little([0] as [UInt16])
    return bytes + list + [0x50, 0x4B, 5, 6] + end
  }
}
