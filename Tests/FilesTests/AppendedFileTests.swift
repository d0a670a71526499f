import Glibc
import TestSupport
import Testing

@testable import Files

@Suite("A file that is only appended to")
struct AppendedFileTests {
  @Test("pieces stand one behind the other, and what is cut off goes") func appends() throws {
    let folder = try Folder()
    let file = try AppendedFile(folder["log"])
    for piece in ["one\n", "two\n"] { try file.append(Array(piece.utf8)) }
    #expect(try folder.text("log") == "one\ntwo\n")
    try file.truncate(to: 4)
    try AppendedFile(folder["log"]).append(Array("three\n".utf8))
    try file.sync()
    #expect(try folder.text("log") == "one\nthree\n")
  }

  @Test("what cannot be written is told") func refuses() throws {
    #expect(throws: FileError("/dev/full", .unwritable, code: ENOSPC)) {
      try AppendedFile("/dev/full").append([1])
    }
    #expect(throws: FileError("/proc/none/log", .unwritable, code: ENOENT)) { try AppendedFile("/proc/none/log") }
  }
}
