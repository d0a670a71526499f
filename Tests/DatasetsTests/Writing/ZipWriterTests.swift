import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Zip archives, written")
struct ZipWriterTests {
  @Test("members come back under their names, in their order, with their bytes")
  func roundTrip() throws {
    let folder = try Folder()
    let members: [(name: String, content: [UInt8])] = [("b.json", [1, 2, 3]), ("a/é", []), ("c", Array(0...255))]
    let archive = try ZipArchive(try folder.write(ZipWriter.bytes(members), to: "a.zip"))
    #expect(archive.members.map(\.name) == ["b.json", "a/é", "c"])
    for (member, (_, content)) in zip(archive.members, members) { #expect(try archive.read(member) == content) }
  }
}
