import Foundation
import Testing

/// A home folder of its own, so that no test sees another's history or settings.
final class Home {
  let path = NSTemporaryDirectory() + "/sumi-home-\(UUID().uuidString)"

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// What a process has to be given to live here.
  var environment: [String: String] { ["HOME": path] }

  /// The file that keeps the history.
  var history: String { path + "/.local/state/sumi/history" }

  /// Puts a file into it, the folders on the way included.
  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String, mode: Int = 0o644) throws -> String {
    let file = "\(path)/\(name)"
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let attributes = [FileAttributeKey.posixPermissions: mode]
    // A process that is started meanwhile would hold the file open, and a script that is being written does not run.
    let isMade = Channel.exclusively {
      FileManager.default.createFile(atPath: file, contents: Data(bytes), attributes: attributes)
    }
    try #require(isMade)
    return file
  }

  /// Files in one of its folders.
  func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
  }

  func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))) }
}
