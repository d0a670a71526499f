import Engine
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Numbers with more digits than single precision keeps")
struct LargeNumbersTests {
  private let table: OwnTable

  init() throws { table = try OwnTable() }

  @Test func `classes have their names, and are told apart`() throws {
    let days = "x,y\n" + (0..<30).map { "\($0),\(20_230_101 + $0 % 15)\n" }.joined()
    #expect(try table.load(days, "label=y").classes == (20_230_101...20_230_115).map { String($0) })
    #expect(
      try table.notes(days, "label=y").contains(
        "y has 15 different whole numbers, taken for classes; task=value learns values"))
    let numbers = "x,y\n" + (0..<10).map { "\($0),\(100_000_001 + $0 % 2)\n" }.joined()
    let dataset = try table.load(numbers, "label=y", test: "x,y\n1,100000002\n2,100000001\n")
    #expect(dataset.classes == ["100000001", "100000002"] && dataset.test.labels == [1, 0])
  }

  @Test func `whole numbers that not even double precision keeps are no classes`() throws {
    let numbers = "x,y\n" + (0..<10).map { "\($0),\(9_007_199_254_740_993 + $0 % 2)\n" }.joined()
    #expect(try table.load(numbers, "label=y").targets == .values(1))
    #expect(
      try table.notes(numbers, "label=y").contains {
        $0.hasPrefix("y has more digits than a network computes with: 9007199254740992 becomes ")
          || $0.hasPrefix("y has more digits than a network computes with: 9007199254740994 becomes ")
      })
  }

  @Test func `columns are scaled before digits are lost, in every file`() throws {
    let times = "t,x,y\n" + (0..<9).map { "\(1_700_000_000 + $0),\($0 % 4),\($0 % 2)\n" }.joined()
    let dataset = try table.load(times, "label=y", test: "t,x,y\n1700000004,0,1\n1700000008,0,0\n").scaled(.standard)
    let deviation = (60.0 / 9).squareRoot()
    #expect(abs(LargeNumbersTests.firsts(dataset)[0] + Float(4 / deviation)) < 1e-6)
    #expect(dataset.test.numbers(of: 0)[0] == 0 && abs(dataset.test.numbers(of: 1)[0] - Float(4 / deviation)) < 1e-6)
    let prepared = try #require(dataset.rows).examples(of: table.folder["t.csv"])
    #expect(prepared.examples.numbers(of: 1) == dataset.test.numbers(of: 1))
    #expect(!dataset.notes.contains { $0.contains("digits") })
    let minmax = try table.load(times, "label=y", test: "t,x,y\n1700000004,0,1\n").scaled(.minmax)
    #expect(minmax.test.numbers(of: 0)[0] == 0.5)
  }

  @Test func `the mean takes the place of what is missing, and examples of some classes keep their numbers`() throws {
    let times =
      "t,x,y\n" + (0..<9).map { "\($0 == 4 ? "" : String(1_700_000_000 + $0)),\($0),\("abc".letter($0))\n" }.joined()
    let dataset = try table.load(times, "label=y missing=mean", test: "t,x,y\n,0,a\n1700000008,2,b\n")
    #expect(try dataset.scaled(.standard).test.numbers(of: 0)[0] == 0)
    let kept = try dataset.keeping(classes: ["b"] + ["c"]).scaled(.minmax)
    // The rows 1, 2, 5, 7 and 8, and row 4 with the mean of all.
    let numbers = LargeNumbersTests.firsts(kept)
    #expect(numbers.count == 6 && numbers.first == 0 && numbers.last == 1)
  }

  @Test func `large numbers close together get the mean 0`() throws {
    let numbers = "x,y\n" + (0..<30).map { "\(10_000_000 + $0 % 3),\($0 % 2)\n" }.joined()
    let dataset = try table.load(numbers, "label=y").scaled(.standard)
    let sum = (0..<dataset.train.count).reduce(0) { $0 + Double(dataset.train.numbers(of: $1)[0]) }
    #expect(abs(sum / Double(dataset.train.count)) < 1e-6)
  }

  /// The first numbers of all training examples, the least one first: their order follows from the seed.
  private static func firsts(_ dataset: Dataset) -> [Float] {
    (0..<dataset.train.count).map { dataset.train.numbers(of: $0)[0] }.sorted()
  }

  /// Julian dates of fifty neighbouring moments, which are one number in single precision.
  private static let dates = "jd,x,y\n" + (0..<50).map { "\(date($0)),\($0 % 4),\($0 % 2)\n" }.joined()

  private static func date(_ row: Int) -> String { "2459000.5\(row < 10 ? "0" : "")\(row)0" }

  @Test func `numbers that are close together for their size are scaled before their decimals are lost`() throws {
    let dataset = try table.load(
      LargeNumbersTests.dates, "label=y", test: "jd,x,y\n2459000.5490,0,1\n2459000.5000,0,0\n"
    ).scaled(.minmax)
    #expect(LargeNumbersTests.firsts(dataset).enumerated().allSatisfy { abs($1 - Float($0) / 49) < 1e-4 })
    #expect(dataset.test.numbers(of: 0)[0] == 1 && dataset.test.numbers(of: 1)[0] == 0)
    #expect(!dataset.notes.contains { $0.contains("digits") })
    // One row alone does not say how close the others are.
    let row = try #require(dataset.rows).examples(of: table.folder.write("jd,x\n2459000.5490,0\n", to: "p.csv"))
    #expect(row.examples.numbers(of: 0)[0] == 1)
  }

  @Test func `decimals that are lost are told, of columns and of labels`() throws {
    let note = /jd has more digits than a network computes with: 2459000.5\d+ becomes 2459000.5/
    let test = "jd,x,y\n2459000.5000,0,0\n"
    #expect(
      try table.load(LargeNumbersTests.dates, "label=y", test: test).rounded.notes.contains {
        $0.starts(with: note) && $0.hasSuffix("; scale=standard subtracts the mean before that")
      })
    #expect(try table.load(LargeNumbersTests.dates, "label=jd").notes.contains { $0.wholeMatch(of: note) != nil })
  }

  @Test func `decimals that nobody misses are in single precision`() throws {
    let kelvin = "t,c,y\n" + (0..<10).map { "30\($0).15,0.1,\($0 % 2)\n" }.joined()
    let columns = try CSVTable(table.folder.write(kelvin, to: "k.csv"))
    #expect(columns.exactNames.isEmpty)
    #expect(!CSVSpread([0.1, 0.1]).isLost && CSVSpread([1e6, 1e6 + 0.039]).isLost)
  }

  @Test func `a column that loses digits is told`() throws {
    let ids = "id,x,y\n" + (0..<10).map { "\(123_456_789 + $0),\(0.1 * Double($0)),\($0 % 2)\n" }.joined()
    let test = "id,x,y\n5,1,0\n"
    let note = /id has more digits than a network computes with: 1234567\d\d becomes 1234567\d\d; scale=standard .*/
    #expect(
      try table.load(ids, "label=y", test: test).rounded.notes.contains { $0.wholeMatch(of: note) != nil })
    #expect(try !table.load(ids, "label=y ignore=id").rounded.notes.contains { $0.contains("digits") })
  }
}
