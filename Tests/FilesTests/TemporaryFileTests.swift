import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("Temporary files")
struct TemporaryFileTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test func `what a killed process left is swept by the next write into its folder, and nothing else is`() throws {
    let others = [".sumi-unfinished", "sumi-unfinished-abcdef", ".sumi-config", "a"]
    for name in others + [".sumi-unfinished-abcdefghij", ".sumi-unfinished-0"] { try folder.write("x", to: name) }
    try FileWriter.replace(folder["b"], with: [1])
    #expect(folder.names == (others + ["b"]).sorted())
  }

  @Test func `a file that somebody still writes is not swept`() throws {
    let held = try TemporaryFile(beside: folder["a"], for: "a")
    try FileWriter.replace(folder["b"], with: [1])
    #expect(folder.names.count == 2)
    try held.fill("still there", for: "a")
    #expect(try String(contentsOfFile: held.path, encoding: .utf8) == "still there")
  }

  @Test func `a folder or a link with such a name stays`() throws {
    let names = [".sumi-unfinished-folder", ".sumi-unfinished-link"]
    try FileManager.default.createDirectory(atPath: folder[names[0]], withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(atPath: folder[names[1]], withDestinationPath: "elsewhere")
    try FileWriter.replace(folder["b"], with: [1])
    #expect(folder.names == (names + ["b"]).sorted())
  }

  @Test func `it is gone when nobody needs it any more, and no other program inherits it`() throws {
    do {
      let file = try TemporaryFile(in: folder.path, prefix: "x-", ending: ".sumi", for: "x")
      #expect(fcntl(file.descriptor, F_GETFD) & FD_CLOEXEC != 0)
      let name = try #require(folder.names.first)
      #expect(folder.names.count == 1 && name.hasPrefix("x-") && name.hasSuffix(".sumi"))
    }
    #expect(folder.names.isEmpty)
  }

  @Test func `writers at once into one folder take nothing from each other`() async throws {
    let paths = (0..<8).map { folder["\($0)"] }
    await withTaskGroup(of: Void.self) { group in
      for path in paths {
        group.addTask {
          for round in 0..<40 {
            do { try FileWriter.replace(path, with: [UInt8](repeating: UInt8(round), count: 4000)) } catch {
              Issue.record("\(error)")
            }
          }
        }
      }
    }
    #expect(folder.names == (0..<8).map(String.init))
    for name in folder.names { #expect(try folder.bytes(name) == [UInt8](repeating: 39, count: 4000)) }
  }
}
