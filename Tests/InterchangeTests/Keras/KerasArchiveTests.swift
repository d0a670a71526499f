import Grammar
import TestSupport
import Testing

@testable import Interchange

@Suite("Archives of Keras's")
struct KerasArchiveTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func refusal(_ members: [ArchiveFile.Member]) throws -> String {
    let path = try folder.write(ArchiveFile.zip(members), to: "m.keras")
    do {
      _ = try KerasModel(KerasArchive(path), for: nil)
      return "none"
    } catch { return error.message.replacing(path, with: "m.keras") }
  }

  private static var metadata: ArchiveFile.Member { .init(name: "metadata.json", content: Array("{}".utf8)) }
  private static var config: ArchiveFile.Member { .init(name: "config.json", content: Array("{}".utf8)) }

  @Test("what no model of ours has is refused by its name, a pickle too")
  func strangers() throws {
    let pickle = ArchiveFile.Member(name: "data.pkl", content: [0x80, 4, 0x2E])
    #expect(try refusal([Self.metadata, Self.config, pickle]) == "m.keras holds data.pkl, which no layer here has")
  }

  @Test("an archive that lacks a part, or is cut, is refused")
  func parts() throws {
    #expect(try refusal([Self.metadata]) == "m.keras is no model of Keras's: it lacks config.json")
    #expect(try refusal([Self.metadata, Self.config]) == "m.keras is no model of Keras's: it lacks model.weights.h5")
    let bytes = try Goldens.bytes("keras.keras")
    for count in stride(from: 100, to: bytes.count, by: 2_000) {
      let path = try folder.write(Array(bytes[..<count]), to: "cut.keras")
      #expect(throws: Refusal.self) { try KerasModel(KerasArchive(path), for: nil) }
    }
  }

  @Test("names that lead out of the archive, and sizes that nothing holds, are refused")
  func tricks() throws {
    #expect(try refusal([Self.metadata, .init(name: "../config.json", content: [])]).contains("leads out"))
    var bomb = ArchiveFile.Member(name: "config.json", content: Array("{}".utf8), isDeflated: true)
    bomb.size = 4_000_000_000
    #expect(try refusal([Self.metadata, bomb]).contains("promises 4000000000 bytes"))
  }
}
