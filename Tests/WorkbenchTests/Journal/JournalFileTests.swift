import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("The file of a journal")
struct JournalFileTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder["journal"]
  }

  private func write(_ lines: [String]) throws {
    let file = try JournalFile(path)
    try file.append(JournalRecord(began: .init(seed: "7", isSeedDrawn: true)), isSynced: false)
    for line in lines { try file.append(JournalRecord(will: .init(line: line)), isSynced: true) }
  }

  @Test("what is appended is read back") func reads() throws {
    let lines = ["fit 1", "a\nb \\", "ä \"quoted\" \u{1F600}", String(repeating: "x", count: 100_000)]
    try write(lines)
    let contents = try JournalFile.read(path)
    #expect(contents.records.compactMap { $0.will?.line } == lines)
    #expect(contents.records.first?.began?.seed == "7")
    let bytes = try folder.bytes("journal")
    #expect(!contents.isDamaged && contents.length == bytes.count)
  }

  @Test("a last line that was not written to its end is as if it were not there, and goes when the file goes on")
  func torn() throws {
    try write(["one", "two"])
    let bytes = try folder.bytes("journal")
    try folder.write(Array(bytes.dropLast(3)), to: "journal")
    let contents = try JournalFile.read(path)
    #expect(contents.records.compactMap { $0.will?.line } == ["one"] && !contents.isDamaged)
    let file = try JournalFile(path, keeping: contents.length)
    try file.append(JournalRecord(will: .init(line: "three")), isSynced: true)
    #expect(try JournalFile.read(path).records.compactMap { $0.will?.line } == ["one", "three"])
  }

  @Test("each byte is guarded") func guarded() throws {
    try write(["one", "two"])
    let bytes = try folder.bytes("journal")
    let start = bytes.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    for place in start..<bytes.count - 1 {
      var damaged = bytes
      damaged[place] ^= 1
      try folder.write(damaged, to: "journal")
      let contents = try JournalFile.read(path)
      #expect(contents.records.count < 3 || contents.isDamaged, "byte \(place)")
    }
  }

  @Test("a file that cannot be made, and one that is no journal, are refused") func refused() throws {
    #expect(throws: (any Error).self) { try JournalFile("/proc/none/journal") }
    try folder.write("no journal\n", to: "journal")
    #expect(throws: (any Error).self) { try JournalFile.read(path) }
    #expect(throws: (any Error).self) { try JournalFile.read(folder["none"]) }
  }
}
