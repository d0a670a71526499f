import TestSupport
import Testing

@testable import Files

@Suite("What a file is, by its first bytes")
struct FileKindTests {
  /// A zip archive's first bytes, with the name of its first member.
  private static func zip(_ member: String) -> [UInt8] {
    let length = UInt8(member.utf8.count)
    return [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 22) + [length, 0, 0, 0] + Array(member.utf8) + [1, 2, 3]
  }

  private static let heads: [(FileKind, [UInt8])] = [
    (.safetensors, [16, 0, 0, 0, 0, 0, 0, 0] + Array("{\"a\":{}}        ".utf8)),
    (.hdf5, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]), (.keras, zip("metadata.json")),
    (.npz, zip("arr_0.npy")), (.torch, zip("archive/data.pkl")), (.zip, zip("readme.txt")),
    (.gzip, [0x1F, 0x8B, 8, 0]), (.bzip2, Array("BZh91AY".utf8)), (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
    (.zstandard, [0x28, 0xB5, 0x2F, 0xFD, 1]), (.pickle, [0x80, 4, 0x95]), (.npy, [0x93] + Array("NUMPY\u{1}\0".utf8)),
    (.gguf, Array("GGUF\u{3}\0\0\0".utf8)), (.sqlite, Array("SQLite format 3\0\u{10}".utf8)),
    (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), (.jpeg, [0xFF, 0xD8, 0xFF, 0xE0]),
    (.gif, Array("GIF89a".utf8)), (.webp, Array("RIFF1234WEBPVP8 ".utf8)),
    (.bmp, Array("BM".utf8) + [0x36, 0, 0, 0, 0, 0, 0, 0]),
    (.tiff, [0x49, 0x49, 0x2A, 0]), (.pdf, Array("%PDF-1.7".utf8)),
    (.svg, Array("<?xml version=\"1.0\"?>\n<svg xmlns=\"\">".utf8)),
    (.html, Array("\u{FEFF}\n <!DOCTYPE HTML>\n<html>".utf8)), (.xml, Array("<?xml version=\"1.0\"?><a/>".utf8)),
    (.json, Array("{\"a\": 1}".utf8)), (.text, Array("load digits\n# a comment\n".utf8)),
  ]

  @Test(arguments: heads) func `a beginning tells the kind`(kind: FileKind, head: [UInt8]) {
    #expect(FileKind(head) == kind)
    #expect(FileKind(head + [UInt8](repeating: 0x20, count: 1000)) == kind)
  }

  @Test func `every kind has a beginning here and a phrase of its own`() {
    #expect(Set(FileKindTests.heads.map { "\($0.0)" }) == Set(FileKind.allCases.map { "\($0)" }))
    #expect(Set(FileKind.allCases.map(\.phrase)).count == FileKind.allCases.count)
  }

  @Test func `bytes that are nothing known have no kind`() {
    for bytes in [[], [0], [UInt8](repeating: 0, count: 100), [0, 0, 8, 3, 0, 0, 0xEA, 0x60], Array("short".utf8)] {
      #expect(FileKind(bytes) == nil, "\(bytes)")
    }
  }

  @Test func `a text is one wherever the head cuts its characters`() {
    for shift in 0..<4 {
      let text = String(repeating: "x", count: FileKind.headLength - shift) + String(repeating: "計", count: 9)
      #expect(FileKind(Array(text.utf8)) == .text)
    }
    #expect(FileKind(Array("text that ends in half a character ".utf8) + [0xE8, 0xA8]) == nil)
  }

  @Test func `no bytes at all crash it`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let head = FileKindTests.heads.randomElement()?.1 ?? []
      var bytes = Array(head.prefix(Int.random(in: 0...head.count)))
      bytes += (0..<Int.random(in: 0...40)).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = FileKind(bytes)
    }
  }

  @Test func `the kind of a file that cannot be read is unknown`() throws {
    let folder = try Folder()
    #expect(FileReader.kind(of: folder["none"]) == nil)
    #expect(FileReader.kind(of: folder.path) == nil)
    #expect(FileReader.kind(of: try folder.write("", to: "empty")) == nil)
    #expect(FileReader.kind(of: try folder.write("some text", to: "a")) == .text)
  }
}
