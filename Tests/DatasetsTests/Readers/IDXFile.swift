@testable import Datasets

/// The bytes of small IDX files.
enum IDXFile {
  /// Two images of 2×3 bytes.
  static let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + Array(1...12)
  /// Their labels.
  static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 7, 9]
}

extension IDX {
  /// All its bytes.
  var all: [UInt8] { bytes[0..<bytes.count] }
}
