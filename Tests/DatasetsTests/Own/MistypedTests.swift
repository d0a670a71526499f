import Engine
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Cells that are typed wrong")
struct MistypedTests {
  private let table: OwnTable

  init() throws { table = try OwnTable() }

  /// So many rows, of which one has an O for a 0.
  private static func ages(_ count: Int, wrong: String = "12O") -> String {
    "age,x,y\n" + (0..<count).map { "\($0 == 57 ? wrong : "\($0).5"),\($0),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
  }

  @Test func `one word among numbers is told with its line`() throws {
    #expect(
      try table.notes(MistypedTests.ages(200), "label=y").contains(
        "line 59: age is \"12O\"; 199 other rows are numbers, so all are taken for 200 different words"))
    #expect(try !table.notes("x,y\n1,a\n2,b\nz,a\n4,b\n5,a\n6,b\n", "label=y").contains { $0.hasPrefix("line") })
  }

  @Test func `a heading that stands there a second time is refused with its line`() {
    let twice = MistypedTests.ages(200, wrong: "age")
    for words in ["label=y", "label=age", "label=age task=class"] {
      #expect(
        table.refusal(twice, words)?.message
          == "FILE, line 59: age is \"age\"; 199 other rows are numbers; the heading stands there a second time")
    }
    #expect(throws: Never.self) { try table.load(twice, "label=y ignore=age") }
  }

  @Test func `one word among numbers that are to be learnt is refused, unless they are classes`() throws {
    #expect(
      table.refusal(MistypedTests.ages(200), "label=age")?.message
        == "FILE, line 59: age is \"12O\"; 199 other rows are numbers; task=class takes all of them for classes")
    #expect(try table.load(MistypedTests.ages(200), "label=age task=class").classes.count == 200)
    let few = "x,y\n" + (0..<40).map { "\($0),\($0 == 9 ? "no" : "\($0 % 3)")\n" }.joined()
    #expect(
      try table.notes(few, "label=y").contains(
        "line 11: y is \"no\"; 39 other rows are numbers, so all are taken for 4 different words"))
  }

  @Test func `one word among very many numbers is refused with its line, and not for want of memory`() {
    #expect(
      table.refusal(MistypedTests.ages(2000), "label=y")?.message
        == "FILE, line 59: age is \"12O\"; 1999 other rows are numbers")
    #expect(
      table.refusal(MistypedTests.ages(101_000, wrong: "?!"), "label=y")?.message
        == "FILE, line 59: age is \"?!\"; 100999 other rows are numbers")
  }

  static let written: [(words: [String], decimal: String, says: String?)] = [
    (["1,000", "2,500"], ".", "\"1,000\", which look like thousands with commas; without the commas they are numbers"),
    (
      ["-1,000.5", "12", "1,234,567"], ".",
      "\"-1,000.5\", which look like thousands with commas; without the commas they are numbers"
    ),
    (["1,000", "2,5"], ".", "\"1,000\"; decimal=, takes them for numbers"),
    (["0,125", "0,250"], ".", "\"0,125\"; decimal=, takes them for numbers"),
    (
      ["1.234,50", "2.345,00", "7"], ".",
      "\"1.234,50\", which look like thousands with points; without the points, decimal=, takes them for numbers"
    ),
    (
      ["1.234", "2.345.678,5"], ",",
      "\"1.234\", which look like thousands with points; without the points they are numbers"
    ),
    (["1.5", "2"], ",", "\"1.5\"; decimal=. takes them for numbers"),
    (["1,00a"], ".", nil), (["1,0000,000"], ".", nil), ([], ".", nil), (["1,000", "x"], ".", nil),
  ]

  @Test("numbers in another way of writing are told, with how they are read", arguments: written)
  func otherWriting(words: [String], decimal: String, says: String?) {
    #expect(WrittenNumbers(words, decimal: decimal)?.advice == says.map { "holds words such as \($0)" })
  }

  @Test func `nothing in quotes is missing, but a word in quotes is a word`() throws {
    let text = "\"x\",\"sex\",\"y\"\n" + (0..<9).map { "\"\($0)\",\"\($0 == 3 ? "" : "m")\",\"\($0 % 2)\"\n" }.joined()
    #expect(table.refusal(text, "label=y")?.message.hasPrefix("FILE, line 5: sex has no value") == true)
    #expect(try table.load(text, "label=y missing=drop").columns == ["x", "sex=m"])
    let names = "x,y\n" + (0..<10).map { "\($0),\($0 % 2 == 0 ? "\"NA\"" : "\"none\"")\n" }.joined()
    #expect(try table.load(names, "label=y").classes == ["NA", "none"])
  }
}
