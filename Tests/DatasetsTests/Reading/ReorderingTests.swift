import Engine
import TestSupport
import Testing

@testable import Datasets

@Suite("Classes and columns in another order")
struct ReorderingTests {
  private static let table = "size,colour,weight,kind\n"
    + (0..<20).map { row in
      let weight = row == 3 ? "" : "\(100 - row)"
      return "\(row),\(row % 2 == 0 ? "red" : "blue"),\(weight),\(row % 4 < 2 ? "a" : "b")\n"
    }.joined()

  private func dataset() throws -> Dataset {
    let folder = try Folder()
    let path = try folder.write(ReorderingTests.table, to: "t.csv")
    let source = CSVFile(
      file: path, label: "kind", missing: .mean, decimal: ".", task: nil, shape: nil, ignored: [], heading: nil)
    return try source.load(LoadContext(environment: [:], threads: Threads(count: 1)))
  }

  @Test func `every number goes with its column, and rows of other files are prepared in the same order`() throws {
    let before = try dataset().scaled(.standard)
    #expect(before.columns == ["size", "colour=red", "colour=blue", "weight"])
    let names = ["weight", "colour=blue", "colour=red", "size"]
    let after = try #require(try before.reordered(columns: names))
    #expect(after.columns == names)
    for row in 0..<before.train.count {
      let old = before.train.numbers(of: row)
      #expect(after.train.numbers(of: row) == [old[3], old[2], old[1], old[0]])
    }
    let folder = try Folder()
    let file = try folder.write(ReorderingTests.table, to: "p.csv")
    let (old, new) = (
      try #require(before.rows).examples(of: file).examples, try #require(after.rows).examples(of: file).examples
    )
    for row in 0..<old.count {
      let numbers = old.numbers(of: row)
      #expect(new.numbers(of: row) == [numbers[3], numbers[2], numbers[1], numbers[0]])
    }
  }

  @Test func `what is no other order, or tears a column's words apart, is left alone`() throws {
    let dataset = try dataset()
    #expect(try dataset.reordered(columns: ["size", "colour=red", "colour=blue", "height"]) == nil)
    #expect(try dataset.reordered(columns: ["colour=red", "size", "colour=blue", "weight"]) == nil)
    #expect(dataset.renumbered(classes: ["a", "c"]) == nil && dataset.renumbered(classes: ["a"]) == nil)
  }

  @Test func `classes are numbered anew, and the features are not copied`() throws {
    let before = try dataset()
    let after = try #require(before.renumbered(classes: ["b", "a"]))
    #expect(after.classes == ["b", "a"] && after.rows?.classes == ["b", "a"])
    #expect(after.train.labels == before.train.labels.map { 1 - $0 })
    #expect(after.train.held.keys == before.train.held.keys)
  }
}
