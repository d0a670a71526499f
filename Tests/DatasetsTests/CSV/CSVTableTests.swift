import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("CSV files as columns")
struct CSVTableTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func table(_ text: String, decimal: Character = ".", hasHeading: Bool? = nil) throws -> CSVTable {
    try CSVTable(folder.write(text, to: "a.csv"), decimal: decimal.asciiValue ?? 0, hasHeading: hasHeading)
  }

  private func numbers(_ table: CSVTable, _ column: Int) -> [Float]? {
    guard case .numbers(let numbers) = table.columns[column].content else { return nil }
    return (0..<numbers.count).map(numbers.float)
  }

  private func words(_ table: CSVTable, _ column: Int) -> [String]? {
    guard case .words(let codes, let words) = table.columns[column].content else { return nil }
    return codes.map { $0 < 0 ? "–" : words[Int($0)] }
  }

  @Test func `columns of numbers and of words are told apart`() throws {
    let table = try table("height,species\n1.5,cat\n2,dog\n-3e1,cat\n")
    #expect(table.columns.map(\.name) == ["height", "species"])
    #expect(numbers(table, 0) == [1.5, 2, -30])
    #expect(words(table, 1) == ["cat", "dog", "cat"])
    #expect(table.rows == 3 && table.lines == [2, 3, 4])
  }

  static let separators: [(text: String, separator: Character)] = [
    ("a,b\n1,2\n", ","), ("a;b\n1;2\n", ";"), ("a\tb\n1\t2\n", "\t"), ("a|b\n1|2\n", "|"), ("a\n1\n", ","),
    ("a;b\n\"1,2,3\";x\n", ";"), ("name;note\nx;1, 2\ny;3\n", ";"),
    // Decimal commas between other separators.
    ("0,5;0,25;a\n1,5;3,25;b\n", ";"), ("0,5;0,25\n1,5;3,25\n", ";"), ("0,5\ta\n1,5\tb\n", "\t"),
  ]

  @Test("the separator is found", arguments: separators) func separator(text: String, separator: Character) throws {
    #expect(try table(text).dialect.separator == separator.asciiValue)
  }

  @Test func `a heading is found, or is not, or is asked for`() throws {
    #expect(try table("a,b\n1,2\n").dialect.heading == ["a", "b"])
    #expect(try table("1,2\n3,4\n").dialect.heading == nil)
    #expect(try table("1,2\n3,4\n").columns.map(\.name) == ["column 1", "column 2"])
    #expect(try table("x,y\nz,w\n").dialect.heading == ["x", "y"])
    #expect(try table("x,y\nz,w\n", hasHeading: false).rows == 2)
    #expect(try table("2019,2020\n3,4\n", hasHeading: true).columns.map(\.name) == ["2019", "2020"])
    #expect(try table("5.1,3.5,setosa\n4.9,3.0,setosa\n").dialect.heading == nil)
  }

  @Test func `decimal commas are read where they are asked for`() throws {
    let table = try table("a;b\n1,5;2\n-0,25;3\n", decimal: ",")
    #expect(numbers(table, 0) == [1.5, -0.25])
  }

  @Test func `what is missing is marked, with the first line`() throws {
    let table = try table("a,b\n1,x\nNA,\n?,y\n 4 ,\"NA\"\n")
    #expect(numbers(table, 0)?.map(\.isNaN) == [false, true, true, false])
    #expect(words(table, 1) == ["x", "–", "y", "NA"])
    #expect(table.columns.map(\.missing) == [2, 1] && table.columns.map(\.firstMissing) == [3, 3])
  }

  @Test func `blank lines do not count, and lines are those of the file`() throws {
    let table = try table("a,b\n\n1,\"x\ny\"\n\n2,z\n")
    #expect(table.lines == [3, 6])
  }

  @Test func `text in Windows-1252 is told`() throws {
    let bytes = Array("name,x\ncaf".utf8) + [0xE9] + Array(",1\n".utf8)
    let table = try CSVTable(folder.write(bytes, to: "a.csv"))
    #expect(table.isWindows1252 && words(table, 0) == ["café"])
    let heading = try CSVTable(folder.write(Array("caf".utf8) + [0xE9] + Array(",x\n1,2\n".utf8), to: "a.csv"))
    #expect(heading.isWindows1252 && heading.columns.map(\.name) == ["café", "x"])
  }

  static let bad: [(text: [UInt8], says: String)] = [
    ([], "FILE holds no records"), (Array("\n\n".utf8), "FILE holds no records"),
    (Array("a,b\n1,2\n3\n".utf8), "FILE, line 3: 1 field, expected 2 as in the first record"),
    (Array("a,b\n1,2\n\n3,4,5\n".utf8), "FILE, line 4: 3 fields, expected 2 as in the first record"),
    (Array("a,b\n1,inf\n".utf8), "FILE, line 2, b: inf is not a finite number"),
    (Array("a,b\n1,2\n-Infinity,3".utf8), "FILE, line 3, a: -Infinity is not a finite number"),
    (Array("a,b\n1,1e999\n".utf8), "FILE, line 2, b: 1e999 is beyond single precision; expected numbers up to 3.4e38"),
    (Array("a,b\n1,1e39\n".utf8), "FILE, line 2, b: 1e39 is beyond single precision; expected numbers up to 3.4e38"),
    (
      Array("a,a\n1,2\n".utf8),
      "FILE has two columns called \"a\", the second is column 2; heading=no takes the first row for data"
    ),
    (Array("a,b\nx,\"".utf8), "FILE, line 2: a quote is opened and never closed"),
    (Array("a,b\nx,y\0\n".utf8), "FILE, line 2: a zero byte, which no text has"),
    (
      Array("a,b\nx,".utf8) + [0x81],
      "FILE, line 2, column 2: text that is neither UTF-8 nor Windows-1252; save it as UTF-8"
    ),
    ([0xFF, 0xFE, 0x61, 0x00], "FILE is a text in UTF-16; save it as UTF-8"),
    (Array("PK\u{3}\u{4}".utf8) + [0, 0, 0, 0], "FILE is no table but a zip archive"),
    (Array("<!DOCTYPE html>\n<p>a,b</p>\n".utf8), "FILE is no table but an HTML page"),
  ]

  @Test("what cannot be read is refused with its line", arguments: bad) func refused(bytes: [UInt8], says: String)
    throws
  {
    let path = try folder.write(bytes, to: "a.csv")
    let refusal = #expect(throws: Refusal.self) { try CSVTable(path) }
    #expect(refusal?.message.replacing(path, with: "FILE") == says)
  }

  @Test func `a heading alone is refused where it is known to be one`() throws {
    let path = try folder.write("a,b\n", to: "a.csv")
    let refusal = #expect(throws: Refusal.self) { try CSVTable(path, hasHeading: true) }
    #expect(refusal?.message == "\(path) has a heading and no rows")
  }

  @Test(
    "a large file is read in time",
    .enabled(if: ProcessInfo.processInfo.environment["SUMI_BIG_CSV"] != nil, "SUMI_BIG_CSV names no file"))
  func large() throws {
    let clock = ContinuousClock()
    let time = try clock.measure { _ = try CSVTable(ProcessInfo.processInfo.environment["SUMI_BIG_CSV"] ?? "") }
    print("a large CSV file: \(time)")
  }
}
