import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("What gzip has packed")
struct GunzipTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func packed(_ bytes: [UInt8]) throws -> [UInt8] { try folder.gzip(bytes) }

  private func read(_ bytes: [UInt8]) throws -> [UInt8] {
    try InflatedFile(folder.write(bytes, to: "a.gz")).read(1 << 20)
  }

  @Test func `members one behind the other are one text, and zeros at the end mean nothing`() throws {
    let text = Array("a text, ".utf8)
    #expect(try read(packed(text) + packed(text)) == text + text)
    #expect(try read(packed(text) + [UInt8](repeating: 0, count: 700)) == text)
    #expect(try read(packed([]) + packed(text)) == text)
    #expect(try read(packed([])) == [])
    let large = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    #expect(try read(packed(large)) == large && read(packed(large) + packed(large)) == large + large)
  }

  @Test(arguments: [Array("junk".utf8), [0x1F], [0x1F, 0x20, 8], [0, 0, 7]])
  func `what is behind the end and no gzip file is refused`(junk: [UInt8]) throws {
    let bytes = try packed(Array("a text".utf8)) + junk
    let refusal = #expect(throws: Refusal.self) { try read(bytes) }
    #expect(
      refusal?.message
        == "\(folder["a.gz"]) is broken: something that is no gzip file follows its end; gunzip leaves that out")
  }

  @Test func `a second member that is cut off is told as such`() throws {
    let text = try packed(Array("a text".utf8))
    let refusal = #expect(throws: Refusal.self) { try read(text + text.dropLast(3)) }
    #expect(refusal?.message == "\(folder["a.gz"]) is broken: the compressed data end too early")
  }

  @Test func `a table with something behind its end is not taken for whole`() throws {
    let path = try folder.write(packed(Array("a,y\n1,0\n2,1\n".utf8)) + Array("junk".utf8), to: "a.csv.gz")
    let refusal = #expect(throws: Refusal.self) { try CSVTable(path) }
    #expect(refusal?.message.contains("follows its end") == true)
  }
}
