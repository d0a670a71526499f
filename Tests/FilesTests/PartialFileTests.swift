import Foundation
import Glibc
import TestSupport
import Testing

@testable import Files

@Suite("Files that grow until they are whole")
struct PartialFileTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func write(_ text: String, to file: borrowing PartialFile) {
    file.seekToEnd()
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(file.descriptor, $0.baseAddress, $0.count) }
  }

  @Test func `a file grows over several sittings and takes its name at the end`() throws {
    do {
      let file = try PartialFile(of: folder["a"])
      write("one ", to: file)
    }
    #expect(folder.names == ["a.part"])
    let file = try PartialFile(of: folder["a"])
    #expect(file.size == 4)
    write("two", to: file)
    try file.finish()
    #expect(folder.names == ["a"])
    #expect(try folder.text("a") == "one two")
  }

  @Test func `it can be emptied and discarded`() throws {
    let file = try PartialFile(of: folder["a"])
    write("one", to: file)
    try file.empty()
    #expect(file.size == 0)
    file.discard()
    #expect(folder.names == [])
  }

  @Test func `what cannot be made is told under the name that was asked for`() throws {
    let none = #expect(throws: FileError.self) { _ = try PartialFile(of: "/proc/none/a").size }
    #expect(none?.path == "/proc/none/a")
    try FileManager.default.createDirectory(atPath: folder["b.part"], withIntermediateDirectories: false)
    #expect(throws: FileError.self) { _ = try PartialFile(of: folder["b"]).size }
    // A link could lead anywhere.
    try FileManager.default.createSymbolicLink(atPath: folder["c.part"], withDestinationPath: folder["d"])
    #expect(throws: FileError.self) { _ = try PartialFile(of: folder["c"]).size }
  }
}
