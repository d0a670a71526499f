import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("Files are written whole or not at all")
struct FileWriterTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func mode(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  @Test("a new file and one in the place of another hold the bytes, and no other file is left")
  func writes() throws {
    for bytes in [[UInt8](), [1, 2, 3], [UInt8](repeating: 7, count: 1 << 20)] {
      try FileWriter.replace(folder["a"], with: bytes)
      #expect(try folder.bytes("a") == bytes)
    }
    #expect(folder.names == ["a"])
  }

  @Test("the mode of the old file is kept", arguments: [0o600, 0o755, 0o640])
  func keepsMode(mode: Int) throws {
    try folder.write("old", to: "a")
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder["a"])
    try FileWriter.replace(folder["a"], with: [1])
    #expect(try self.mode(folder["a"]) == mode)
  }

  @Test("a new file has the mode that the process gives new files")
  func newMode() throws {
    try FileWriter.replace(folder["a"], with: [1])
    try folder.write("by Foundation", to: "b")
    let mask = umask(0)
    umask(mask)
    #expect(try mode(folder["a"]) == 0o666 & ~Int(mask))
  }

  @Test("a symbolic link stays one, and the file behind it is written, also one that is not there yet")
  func keepsLink() throws {
    try FileManager.default.createDirectory(atPath: folder["sub"], withIntermediateDirectories: false)
    try folder.write("old", to: "sub/file")
    for target in ["sub/file", "sub/new"] {
      try? FileManager.default.removeItem(atPath: folder["link"])
      try FileManager.default.createSymbolicLink(atPath: folder["link"], withDestinationPath: target)
      try FileWriter.replace(folder["link"], with: [65])
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder["link"]) == target)
      #expect(try folder.bytes(target) == [65])
    }
    #expect(folder.names == ["link", "sub"])
  }

  @Test("what cannot be written is refused with the system's reason")
  func refuses() throws {
    try FileManager.default.createSymbolicLink(atPath: folder["loop"], withDestinationPath: "loop")
    let table = [
      (folder["none/a"], "cannot be written: No such file or directory"), (folder.path, "is not a file"),
      ("/dev/full", "is not a file"), ("/proc/sumi", "cannot be written"), ("", "the file's name is empty"),
      (folder["loop"], "cannot be written: Too many levels of symbolic links"),
      (folder[String(repeating: "x", count: 300)], "cannot be written: File name too long"),
    ]
    for (path, says) in table {
      let refusal = #expect(throws: FileError.self) { try FileWriter.replace(path, with: [1]) }
      #expect(refusal?.message.contains(says) == true, "\(path): \(refusal?.message ?? "")")
    }
    #expect(folder.names == ["loop"])
  }

  @Test("when the disk is full the old file stays as it was, and no temporary file is left")
  func fullDisk() throws {
    try folder.write("the old file", to: "a")
    // A file may not grow beyond the limit, which is what a full disk looks like to the one who writes.
    var before = rlimit()
    #expect(getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before) == 0)
    var small = rlimit(rlim_cur: 32 << 20, rlim_max: before.rlim_max)
    signal(SIGXFSZ, SIG_IGN)
    #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &small) == 0)
    let refusal = #expect(throws: FileError.self) {
      try FileWriter.replace(folder["a"], with: [UInt8](repeating: 1, count: 33 << 20))
    }
    #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before) == 0)
    #expect(refusal?.message == "\(folder["a"]) cannot be written: File too large")
    #expect(try folder.text("a") == "the old file")
    #expect(folder.names == ["a"])
  }
}
