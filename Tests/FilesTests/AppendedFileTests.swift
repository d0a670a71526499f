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

  @Test("a file that is dated back counts as older than one that is written next") func predates() throws {
    let folder = try Folder()
    let (one, other) = (try AppendedFile(folder["one"]), try AppendedFile(folder["other"]))
    for index in 0..<100 {
      try one.append([1])
      try one.predate()
      try other.append([2])
      let stamps = ["one", "other"].map { FileStamp(folder[$0])?.modified ?? 0 }
      #expect(stamps[0] < stamps[1], "\(index)")
    }
    #expect(try folder.bytes("one").count == 100)
  }

  @Test("what cannot be written is told") func refuses() throws {
    #expect(throws: FileError("/dev/full", .unwritable, code: ENOSPC)) {
      try AppendedFile("/dev/full").append([1])
    }
    #expect(throws: FileError("/proc/none/log", .unwritable, code: ENOENT)) { try AppendedFile("/proc/none/log") }
  }
}
