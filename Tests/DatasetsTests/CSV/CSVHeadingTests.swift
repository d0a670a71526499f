import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Headings of tables")
struct CSVHeadingTests {
  private let table: OwnTable

  init() throws { table = try OwnTable() }

  static let headings: [(text: String, names: [String]?)] = [
    // pandas, with the numbers of the rows.
    (",length,kind\n0,5.1,rose\n1,4.9,lily\n", ["", "length", "kind"]),
    (",city,kind\n0,Oslo,rose\n1,Rome,lily\n", ["", "city", "kind"]),
    // Columns that pandas numbers itself, and years.
    ("0,1,2,kind\n5,3,1,7\n4,2,2,8\n", ["0", "1", "2", "kind"]),
    ("country,2019,2020,label\nDE,1,2,a\nFR,3,4,b\n", ["country", "2019", "2020", "label"]),
    // Data.
    ("5.1,3.5,setosa\n4.9,3.0,setosa\n", nil), ("12O,5,6\n120,5,6\n121,7,8\n", nil), ("1,2,0\n3,4,1\n", nil),
    ("NA,5.1,x\n3,4.9,y\n", nil), (",red,a\n3,blue,b\n", nil), ("red,2019,2020,a\nblue,2020,2019,b\n", nil),
    ("red,3,4,a\nred,1,2,b\n", nil),
    // What pandas numbers, in every place.
    ("0,1,2,kind\n.5,3,1,rose\n4,2,2,lily\n", ["0", "1", "2", "kind"]),
    ("0,1,2,3\n2.9,1.4,4,0\n0.2,4.5,3,1\n", ["0", "1", "2", "3"]),
    ("label,0,1,2\na,1.3,1.9,4\nb,0.2,2,1\n", ["label", "0", "1", "2"]),
    (",0,1,2\n0,3.1,2,0\n1,3.4,1,1\n", ["", "0", "1", "2"]),
    (",0,1,label\nr7,3.1,2,a\nr3,3.4,1,b\n", ["", "0", "1", "label"]),
    ("0,1,2,3\n2,1,4,0\n0,4,3,1\n", nil), ("0,1\n0.5,0\n1.5,1\n", nil), (",0,1\n5.1,1,0\n4.9,0,1\n", nil),
    ("0,1,rose\n2.5,1,lily\n3.5,2,rose\n", nil), ("1,2,rose\n2.5,1,lily\n3.5,2,rose\n", nil),
    ("0,Anna\n1,Bert\n2,Carl\n", nil), ("0,1,rose\n1,3,lily\n2,5,tulip\n", nil),
    // A single number that may be a year, a number that is not written as names are, and words that stand below.
    ("Smith,2000\nJones,150\nMeier,3000\n", nil), ("5.0,unknown,rose\n5.1,3.1,lily\n5.2,3.2,rose\n", nil),
    ("e,b,s,w\np,f,f,w\np,b,f,w\ne,b,s,w\n", nil), ("e,b\ne,f\np,f\n", ["e", "b"]),
    ("a,kind\n1,rose\n2,lily\na,kind\n", ["a", "kind"]),
    // Words over numbers, beside numbers that are neither years nor in order, as scikit-learn writes counts; one alone
    // may be typed wrong.
    (
      "150,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n4.9,3.0,1.4,0.2,0\n",
      ["150", "4", "setosa", "versicolor", "virginica"]
    ),
    ("150,4,setosa\n5.1,3.5,1.4\n4.9,3.0,1.4\n", nil), ("150,4,x,x\n5.1,3.5,1.4,2\n4.9,3.0,1.4,3\n", nil),
    // Numbers with the other decimal point.
    ("0,5;0,25;a\n1,5;3,25;b\n", nil), ("x;y;c\n0,5;0,25;a\n1,5;3,25;b\n", ["x", "y", "c"]),
  ]

  @Test("a first row is a heading where its words stand over numbers", arguments: headings)
  func isFound(text: String, names: [String]?) throws {
    #expect(try CSVTable(table.folder.write(text, to: "a.csv")).dialect.heading == names)
  }

  @Test func `words that stand far below are found there`() throws {
    let rows = "e,x\n" + String(repeating: "p,x\np,y\n", count: 100) + "e,y\n"
    #expect(try CSVTable(table.folder.write(rows, to: "a.csv")).dialect.heading == nil)
  }

  private static let indexed =
    ",length,kind\n" + (0..<10).map { "\($0),\($0).5,\($0 < 5 ? "rose" : "lily")\n" }.joined()

  @Test func `a first column that numbers the rows is left out, with or without a name of pandas`() throws {
    let dataset = try table.load(CSVHeadingTests.indexed, "label=kind")
    #expect(dataset.columns == ["length"])
    #expect(dataset.notes.contains("the first column has no name and numbers the rows, so it is left out"))
    let named = "Unnamed: 0" + CSVHeadingTests.indexed
    #expect(try table.load(named, "label=kind").columns == ["length"])
    #expect(
      try table.load(named, "label=kind").notes.contains { $0.hasPrefix("the first column, Unnamed: 0, has no name") })
    let chosen = ",length,kind\n" + (0..<10).map { "\(97 - 7 * $0),\($0).5,\($0 % 2)\n" }.joined()
    #expect(try table.load(chosen, "label=kind").columns == ["length"])
    let twice = ",length,kind\n" + (0..<10).map { "\($0 % 3),\($0).5,\($0 % 2)\n" }.joined()
    #expect(try table.load(twice, "label=kind").columns == ["column 1", "length"])
    let prepared = try #require(dataset.rows).examples(of: table.folder.write("length\n7\n", to: "p.csv"))
    #expect(prepared.examples.numbers(of: 0) == [7])
  }

  @Test func `columns are ignored by their numbers too`() throws {
    let text = "id,a,y\n" + (0..<10).map { "r\($0),\($0),\($0 % 2)\n" }.joined()
    #expect(try table.load(text, "label=y ignore=1").columns == ["a"])
    #expect(table.refusal(text, "label=y ignore=3")?.message.hasPrefix("y says what a row is") == true)
    #expect(
      table.refusal(text, "label=y ignore=4")?.message == "FILE has no column \"4\" to ignore; there are: id, a, y")
  }

  @Test func `refusals name heading= where it helps`() {
    let words = "p,x,s,p\ne,y,s,q\np,x,t,q\n"
    #expect(
      table.refusal(words, "label=1")?.message
        == "FILE has two columns called \"p\", the second is column 4; heading=no takes the first row for data")
    #expect(
      table.refusal(words, "label=1 heading=yes")?.message
        == "FILE has two columns called \"p\", the second is column 4")
    let numbers = "3,1,kind\n3,1,rose\n4,2,lily\n"
    #expect(
      table.refusal(numbers, "label=kind")?.message
        == "FILE has no column \"kind\"; it is in the first row, and heading=yes takes that for the columns' names")
  }

  @Test func `a list of columns is cut between names, and the nearest name is offered`() {
    let names = (0..<90).map { "column_\($0)" } + ["species"]
    let text =
      names.joined(separator: ",") + "\n"
      + (0..<4).map { _ in names.map { _ in "1" }.joined(separator: ",") }
      .joined(separator: "\n")
    let message = table.refusal(text, "label=zzzzzzzzz")?.message ?? ""
    #expect(message.hasSuffix("column_20, column_21 … and 69 more"), "\(message)")
    #expect(table.refusal(text, "label=speces")?.message == "FILE has no column \"speces\"; did you mean species?")
  }

  @Test func `comments above the heading, and the separator that Excel writes, are no records`() throws {
    let comments = try CSVTable(table.folder.write("# made by hand\r\n#\na,b\n1,2\n", to: "a.csv"))
    #expect(comments.columns.map(\.name) == ["a", "b"] && comments.lines == [4])
    let excel = try CSVTable(table.folder.write("sep=;\r\na;b\r\n1;2\r\n", to: "a.csv"))
    #expect(excel.columns.map(\.name) == ["a", "b"] && excel.lines == [3])
    let names = try CSVTable(table.folder.write("# a,b\n1,2\n", to: "a.csv"))
    #expect(names.columns.map(\.name) == ["# a", "b"])
  }

  @Test func `a heading alone has no rows`() {
    #expect(table.refusal("a,b,y\n", "label=y")?.message == "FILE has a heading and no rows")
  }

  @Test func `the first line with a missing value is told`() {
    #expect(
      table.refusal("a,b,y\n1,2,0\n3,,1\n,4,1\n", "label=y")?.message.hasPrefix("FILE, line 3: b has no value") == true)
  }

  @Test func `a column without values is left out, and told`() throws {
    let text = "a,e,y\n" + (0..<10).map { "\($0 == 4 ? "" : "\($0)"),,\($0 % 2)\n" }.joined()
    for words in ["missing=mean", "missing=drop"] {
      let dataset = try table.load(text, "label=y \(words)")
      #expect(dataset.columns == ["a"] && dataset.train.count + dataset.test.count >= 9)
      #expect(dataset.notes.contains("e has no values and is left out"))
    }
    #expect(
      try table.notes(text, "label=y missing=mean").contains(
        "missing values replaced by the training part's mean: a 1"))
    let prepared = try #require(table.load(text, "label=y missing=mean").rows).examples(
      of: table.folder.write("a\n3\n", to: "p.csv"))
    #expect(prepared.examples.numbers(of: 0) == [3])
  }
}
