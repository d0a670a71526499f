import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("Files are read up to a limit")
struct FileReaderTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  /// The error that reading gives.
  private func error(_ path: String, limit: Int = 100, isStream: Bool = false) -> FileError? {
    #expect(throws: FileError.self) {
      isStream ? try FileReader.readStream(path, limit: limit) : try FileReader.read(path, limit: limit)
    }
  }

  @Test(arguments: [false, true]) func `a file has the bytes that it has, none too`(isStream: Bool) throws {
    for bytes in [[], [1, 2, 3], [UInt8](repeating: 7, count: 100_000)] {
      let path = try folder.write(bytes, to: "a")
      let got = try isStream ? FileReader.readStream(path, limit: 100_000) : FileReader.read(path, limit: 100_000)
      #expect(got == bytes)
    }
  }

  @Test(arguments: [false, true]) func `what cannot be read is told with its reason`(isStream: Bool) throws {
    try folder.write([UInt8](repeating: 0, count: 101), to: "large")
    let table: [(String, FileError.Kind, String)] = [
      (folder["none"], .unreadable, "\(folder["none"]) cannot be read: No such file or directory"),
      (folder.path, .folder, "\(folder.path) is a folder"), ("/dev/null", .notAFile, "/dev/null is not a file"),
      ("/dev/zero", .notAFile, "/dev/zero is not a file"),
      (folder["large"], .tooLarge(size: 101, limit: 100), "\(folder["large"]) has 101 bytes; expected at most 100"),
    ]
    for (path, kind, message) in table {
      let error = error(path, isStream: isStream)
      #expect(error?.kind == kind)
      #expect(error?.message == message)
    }
  }

  @Test func `a pipe is read to its end as a stream only, also one whose writer comes late`() throws {
    let path = folder["pipe"]
    #expect(mkfifo(path, 0o600) == 0)
    #expect(error(path)?.kind == .notAFile)
    let bytes = [UInt8](repeating: 9, count: 200_000)
    // A thread of its own: reading blocks one of the few that tasks run on, perhaps the last.
    Thread.detachNewThread { try? Data(bytes).write(to: URL(fileURLWithPath: path), options: []) }
    #expect(try FileReader.readStream(path, limit: 200_000) == bytes)
  }

  @Test func `a pipe that gives more than the limit is refused, and one that gives nothing can be left`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { ends.forEach { close($0) } }
    let path = "/dev/fd/\(ends[0])"
    var rounds = 0
    let stopped = #expect(throws: FileError.self) {
      try FileReader.readStream(path, limit: 3) {
        rounds += 1
        return rounds > 1
      }
    }
    #expect(stopped?.kind == .stopped)
    #expect(write(ends[1], "four", 4) == 4)
    #expect(error(path, limit: 3, isStream: true)?.kind == .tooLarge(size: nil, limit: 3))
  }
}
