import CZlib
import TestSupport
import Testing

@testable import Datasets

/// The bytes of small IDX files.
enum IDXFile {
  /// Two images of 2×3 bytes.
  static let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + Array(1...12)
  /// Their labels.
  static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 7, 9]

  /// The bytes as gzip has them.
  static func gzip(_ bytes: [UInt8], in folder: Folder) throws -> [UInt8] {
    let file = try #require(gzopen(folder["packed.gz"], "wb"))
    #expect(gzwrite(file, bytes, UInt32(bytes.count)) == Int32(bytes.count))
    #expect(gzclose(file) == Z_OK)
    return try folder.bytes("packed.gz")
  }
}

extension IDX {
  /// All its bytes.
  var all: [UInt8] { bytes[0..<bytes.count] }
}
