import Foundation

/// What the source files of a folder declare.
enum Declared {
  /// The types of the files in `Sources/FOLDER` that conform to a protocol, by the name of their file.
  static func types(in folder: String, conformingTo name: String, from test: String = #filePath) throws -> [String] {
    var root = URL(fileURLWithPath: test)
    while root.lastPathComponent != "Tests" { root.deleteLastPathComponent() }
    let sources = root.deletingLastPathComponent().appendingPathComponent("Sources/\(folder)")
    let names = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }
    return try names.filter {
      let text = try String(contentsOf: sources.appendingPathComponent($0), encoding: .utf8)
      return text.contains(": \(name) {")
    }.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
  }
}
