import CZlib
import Foundation

/// A folder of its own for one test, gone with the last reference to it.
public final class Folder {
  public let path: String

  public init() throws {
    path = NSTemporaryDirectory() + "sumi-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in it.
  public subscript(name: String) -> String { "\(path)/\(name)" }

  /// Puts a file into it; its path.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: self[name]))
    return self[name]
  }

  @discardableResult
  public func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

  /// Bytes as gzip has them.
  public func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let file = gzopen(self["packed.gz"], "wb")
    guard gzwrite(file, bytes, UInt32(bytes.count)) == Int32(bytes.count), gzclose(file) == Z_OK else {
      throw CocoaError(.fileWriteUnknown)
    }
    return try self.bytes("packed.gz")
  }

  public func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  public func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: self[name]))) }

  /// What is in it, hidden files too.
  public var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}

extension Folder {
  /// What is in a folder, in order.
  public static func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}
