import Engine
import Files
import Grammar

/// An array of bytes in the IDX format: a magic number, the extents, the bytes (Y. LeCun, yann.lecun.com/exdb/mnist).
package struct IDX: Sendable {
  /// The type code of unsigned bytes, the only one that images and labels come in.
  private static let unsignedBytes: UInt8 = 0x08
  /// Deflate shrinks at most this much (zlib technical details, "maximum compression factor").
  private static let largestRatio = 1032

  let path: String
  let extents: [Int]
  let bytes: Bytes
  /// SHA-256 of the whole uncompressed file, in hexadecimal.
  let digest: String

  /// Reads a file, plain or gzip.
  /// - Parameter rank: how many extents it must have, 1 for labels and 3 for images.
  /// - Throws: `Refusal` when anything about it is not as the header says; sizes are checked before memory is taken.
  package init(_ path: String, rank: Int) throws(Refusal) {
    let file = try InflatedFile(path)
    let header = try file.read(4 + 4 * rank)
    guard !header.isEmpty else { throw Refusal("\(path) is empty") }
    guard header.count >= 4 else { throw .short(path, header.count, 4 + 4 * rank) }
    guard header[0] == 0, header[1] == 0, header[2] == IDX.unsignedBytes, header[3] == UInt8(rank) else {
      let kind = file.isCompressed ? FileKind(header) : FileReader.kind(of: path)
      if let kind { throw .foreign(path, kind, "IDX file of \(rank == 1 ? "labels" : "images")") }
      throw .wrongMagic(path, header, rank)
    }
    guard header.count == 4 + 4 * rank else { throw .short(path, header.count, 4 + 4 * rank) }
    let extents = (0..<rank).map { axis in
      header[(4 + 4 * axis)..<(8 + 4 * axis)].reduce(0) { $0 << 8 | Int($1) }
    }
    let count = try IDX.measure(extents, of: file, headerLength: header.count)
    let bytes = try Bytes(count: count) { (bytes) throws(Refusal) in
      let got = try file.read(into: bytes)
      guard got == count else { throw .short(path, header.count + got, header.count + count) }
    }
    guard try file.read(1).isEmpty else { throw .long(path, header.count + count) }
    self.init(path: path, extents: extents, bytes: bytes, digest: IDX.digest(header, bytes))
  }

  init(path: String, extents: [Int], bytes: Bytes, digest: String) {
    self.path = path
    self.extents = extents
    self.bytes = bytes
    self.digest = digest
  }

  private static func digest(_ header: [UInt8], _ bytes: Bytes) -> String {
    var hash = SHA256()
    header.withUnsafeBytes { hash.update($0) }
    bytes.withUnsafeBufferPointer { hash.update(UnsafeRawBufferPointer($0)) }
    return hash.hexadecimal()
  }

  /// How many bytes the header promises, if the file can hold them and the memory too.
  private static func measure(_ extents: [Int], of file: InflatedFile, headerLength: Int) throws(Refusal) -> Int {
    let shape = Shape(extents)
    guard extents.allSatisfy({ $0 > 0 }) else { throw .noExtent(file.path, shape) }
    let count = shape.count
    let maximum = file.isCompressed ? file.size.multipliedReportingOverflow(by: largestRatio).partialValue : file.size
    guard count < .max - headerLength, count + headerLength <= maximum else {
      throw .tooMuchPromised(file.path, shape, file.size)
    }
    try Machine.require(count, for: file.path, hint: "load digits")
    return count
  }
}

extension Refusal {
  fileprivate static func wrongMagic(_ path: String, _ header: [UInt8], _ rank: Int) -> Refusal {
    let got = header.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    let what = rank == 1 ? "labels" : "images"
    return Refusal("\(path) is not an IDX file of \(what): it begins with \(got), expected \(0x800 + rank)")
  }
  fileprivate static func short(_ path: String, _ got: Int, _ expected: Int) -> Refusal {
    Refusal("\(path) is cut off: it has \(got) bytes, expected \(expected)")
  }
  fileprivate static func long(_ path: String, _ expected: Int) -> Refusal {
    Refusal("\(path) is too long: more follows the \(expected) bytes that its header promises")
  }
  fileprivate static func noExtent(_ path: String, _ shape: Shape) -> Refusal {
    Refusal("\(path) holds nothing: its header says \(shape)")
  }
  fileprivate static func tooMuchPromised(_ path: String, _ shape: Shape, _ size: Int) -> Refusal {
    Refusal("\(path) is cut off: its header says \(shape), more than a file of \(size) bytes can hold")
  }
}
