import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("CSV files")
struct CSVScannerTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func records(_ path: String, separator: Character = ",") throws -> [[String]] {
    var all: [[String]] = []
    try CSVScanner(path: path, separator: separator.asciiValue ?? 0).scan { record in
      all.append(record.fields.indices.map { record.text($0)?.text ?? "?" })
      return true
    }
    return all
  }

  private static let spectrum = URL(fileURLWithPath: ProcessInfo.processInfo.environment["SUMI_DATA"] ?? "/nowhere")
    .appendingPathComponent("csv-spectrum")
  static let cases = ((try? FileManager.default.contentsOfDirectory(atPath: spectrum.path)) ?? []).sorted()
    .filter { $0.hasSuffix(".csv") }.map { String($0.dropLast(4)) }

  @Test(
    "the published conformance cases are read as their JSON says",
    .enabled(if: !cases.isEmpty, "csv-spectrum is not there"), arguments: cases)
  func conforms(name: String) throws {
    let json = try Data(contentsOf: CSVScannerTests.spectrum.appendingPathComponent("\(name).json"))
    let all = try records(CSVScannerTests.spectrum.appendingPathComponent("\(name).csv").path)
    let heading = try #require(all.first)
    // As published, one case's JSON is of another row and in no encoding, and one file's CRLF has become LF.
    guard name != "location_coordinates" else {
      return #expect(all.map(\.count) == [4, 4] && all[1][1] == "37\u{FFFD}36'37.8\"N 121\u{FFFD}2'17.9\"W")
    }
    let text = String(decoding: json, as: UTF8.self)
    let read = name == "newlines_crlf" ? text.replacingOccurrences(of: "\\r\\n", with: "\\n") : text
    let expected = try #require(try JSONSerialization.jsonObject(with: Data(read.utf8)) as? [[String: String]])
    #expect(all.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(heading, $0)) } == expected)
  }

  static let good: [(text: String, records: [[String]])] = [
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]), ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]), ("a\rb\r", [["a"], ["b"]]),
    ("\n\na\n\n", [["a"]]), ("\"a\"\"b\",\"\"", [["a\"b", ""]]), ("\"a\nb\",c\nd,e", [["a\nb", "c"], ["d", "e"]]),
    ("\"\"", [[""]]), (",\n,", [["", ""], ["", ""]]), ("a\"b,c", [["a\"b", "c"]]), ("\u{FEFF}a,b", [["a", "b"]]),
    ("\"\"\"\"", [["\""]]), ("ä,😀\n", [["ä", "😀"]]), ("a,b,", [["a", "b", ""]]), ("", []),
  ]

  @Test("records and fields are cut where RFC 4180 says", arguments: good)
  func cuts(text: String, expected: [[String]]) throws {
    #expect(try records(folder.write(text, to: "a.csv")) == expected)
    #expect(try records(folder.write(folder.gzip(Array(text.utf8)), to: "a.csv.gz")) == expected)
  }

  @Test func `records that straddle the buffer's end are whole`() throws {
    let row = "\"x\ny\",12345,\"say \"\"hi\"\"\"\r\n"
    let count = (3 << 20) / row.utf8.count
    let path = try folder.write(String(repeating: row, count: count), to: "a.csv")
    let all = try records(path)
    #expect(all.count == count)
    #expect(all.allSatisfy { $0 == ["x\ny", "12345", "say \"hi\""] })
  }

  static let bad: [(text: [UInt8], says: String)] = [
    (Array("a,b\n\"c,d\n".utf8), "FILE, line 2: a quote is opened and never closed"),
    (
      Array("a,b\n\"c\"d,e\n".utf8),
      "FILE, line 2: text follows a closing quote; a quote inside quotes is doubled, as in \"a \"\"b\"\"\""
    ),
    (Array("a,b\n1,2\n3,\0".utf8), "FILE, line 3: a zero byte, which no text has"),
    (Array("a,\"b\nc\0\"".utf8), "FILE, line 2: a zero byte, which no text has"),
    ([0xFF, 0xFE, 0x61, 0], "FILE is a text in UTF-16; save it as UTF-8"),
    ([0xFE, 0xFF, 0, 0x61], "FILE is a text in UTF-16; save it as UTF-8"),
    ([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], "FILE is a text in UTF-32; save it as UTF-8"),
    ([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61], "FILE is a text in UTF-32; save it as UTF-8"),
  ]

  @Test("what is broken is refused with its line", arguments: bad) func refused(bytes: [UInt8], says: String) throws {
    let path = try folder.write(bytes, to: "a.csv")
    let refusal = #expect(throws: Refusal.self) { try records(path) }
    #expect(refusal?.message.replacing(path, with: "FILE") == says)
  }

  @Test func `a line without end is refused before it fills the memory`() throws {
    let path = try folder.write([UInt8](repeating: UInt8(ascii: "a"), count: 20 << 20), to: "a.csv")
    let refusal = #expect(throws: Refusal.self) { try records(path) }
    #expect(refusal?.message == "\(path), line 1: this record is longer than 16 MB")
    try folder.write(Array("a\n\"".utf8) + [UInt8](repeating: UInt8(ascii: "\n"), count: 20 << 20), to: "a.csv")
    let other = #expect(throws: Refusal.self) { try records(path) }
    #expect(other?.message == "\(path), line 2: the quote opened on line 2 is not closed within 16 MB")
  }

  @Test func `text as Windows writes it is understood`() throws {
    let bytes = Array("caf".utf8) + [0xE9, 0x2C, 0x80]
    #expect(try records(folder.write(bytes, to: "a.csv")) == [["café", "€"]])
    #expect(try records(folder.write([0x81, 0x2C, 0x61], to: "a.csv")) == [["?", "a"]])
  }
}
