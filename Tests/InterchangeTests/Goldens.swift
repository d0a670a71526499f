import Foundation

/// Small files of other programs; `Goldens/make_goldens.py` says by which and how they are made.
enum Goldens {
  static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)").path
  }

  static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path(name)))) }
}
