import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Tables with decimal commas")
struct DecimalCommaTests {
  private let table: OwnTable

  init() throws { table = try OwnTable() }

  @Test func `a label with decimal commas is told`() throws {
    let decimals = "x;y\n" + (1...6).map { "\($0);39\($0),93\n" }.joined()
    #expect(
      try table.notes(decimals, "label=y").contains(
        "y holds words such as \"391,93\"; decimal=, takes them for numbers"))
    #expect(try table.load(decimals, "label=y decimal=,").targets == .values(1))
  }

  @Test func `without a heading the decimals are no separators, and decimal= is proposed`() throws {
    let rows = (0..<10).map { "\($0),5;\($0),25;\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    let notes = try table.notes(rows, "label=3")
    #expect(notes.first?.hasPrefix("FILE: 10 rows of 3 columns between semicolons, no heading") == true)
    #expect(notes.contains("column 1 holds words such as \"0,5\"; decimal=, takes them for numbers"))
    #expect(try table.load(rows, "label=3 decimal=,").columns == ["column 1", "column 2"])
  }

  @Test func `commas separate fields in quotes with decimal commas`() throws {
    let rows =
      "\"x\",\"y\",\"c\"\n"
      + (0..<10).map { "\"\($0),5\",\"\($0),25\",\"\($0 % 2 == 0 ? "a" : "b")\"\n" }.joined()
    #expect(
      try table.notes(rows, "label=c").contains("x holds words such as \"0,5\"; decimal=, takes them for numbers"))
    let dataset = try table.load(rows, "label=c decimal=,", test: rows)
    #expect(dataset.columns == ["x", "y"] && dataset.test.numbers(of: 3) == [3.5, 3.25])
    // Without quotes nobody can tell which is which.
    #expect(throws: Refusal.self) { try table.load("x,y\n0,5,1,5\n1,5,2,5\n", "label=y decimal=,") }
  }
}
