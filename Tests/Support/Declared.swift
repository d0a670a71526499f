import Foundation

/// What the source files of a folder declare.
public enum Declared {
  /// The types of the files in `Sources/FOLDER`, and in folders inside it, that conform to a protocol, by the name of
  /// their file.
  public static func types(
    in folder: String, conformingTo name: String, from test: String = #filePath
  ) throws -> [String] {
    var root = URL(fileURLWithPath: test)
    while root.lastPathComponent != "Tests" { root.deleteLastPathComponent() }
    let sources = root.deletingLastPathComponent().appendingPathComponent("Sources/\(folder)")
    let names = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".swift") }.filter {
      let text = try String(contentsOf: sources.appendingPathComponent($0), encoding: .utf8)
      return text.contains(": \(name) {")
    }.map { String(URL(fileURLWithPath: $0).lastPathComponent.dropLast(".swift".count)) }
  }
}
