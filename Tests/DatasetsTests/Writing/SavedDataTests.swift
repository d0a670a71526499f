import Engine
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Data that are saved and loaded again")
struct SavedDataTests {
  private let table: OwnTable

  init() throws { table = try OwnTable() }

  private func values(_ values: [Float], width: Int = 1) -> Dataset {
    let count = values.count / width
    let examples = Examples(
      shape: [1], features: .floats(Floats((0..<count).map { Float($0) })), targets: .values(values, width: width))
    return Dataset(name: "x", train: examples, test: examples, classes: [], origin: "")
  }

  private func classes(_ names: [String]) -> Dataset {
    let examples = Examples(
      shape: [1], features: .floats(Floats(names.indices.map { Float($0) })),
      targets: .classes(Array(names.indices), count: names.count))
    return Dataset(name: "x", train: examples, test: examples, classes: names, origin: "")
  }

  private func images(_ shape: Shape, _ scale: ByteScale = .unit) -> Dataset {
    let bytes = Bytes((0..<(4 * shape.count)).map { UInt8($0 % 256) })
    let examples = Examples(shape: shape, features: .bytes(bytes, scale), targets: .classes([0, 1, 0, 1], count: 2))
    return Dataset(name: "x", train: examples, test: examples, classes: ["a", "b"], origin: "")
  }

  /// Saves a table and does what is told to load it.
  private func back(_ dataset: Dataset) throws -> Dataset {
    let text = String(decoding: try CSVWriter.bytes(dataset), as: UTF8.self)
    let line = SavedData(dataset, file: table.folder["a.csv"], isTable: true).line
    let words = try #require(line.split(separator: " ", maxSplits: 2).last)
    return try table.load(text, String(words))
  }

  private func line(_ dataset: Dataset, _ file: String) -> String {
    SavedData(dataset, file: file, isTable: file.hasSuffix("csv")).line
  }

  @Test func `several values of an example are no table`() throws {
    let refusal = #expect(throws: Refusal.self) { try CSVWriter.bytes(values([1, 2, 3, 4, 5, 6], width: 3)) }
    #expect(
      refusal?.message
        == "each example has 3 values, and a table says one in its last column; .npz keeps all")
  }

  @Test func `what is to be learnt is named where the file alone would say otherwise`() throws {
    let many = classes((0..<50).map { "\($0)" })
    #expect(line(many, "m.csv") == "load m.csv label=class task=class" && line(many, "m.npz") == "load m.npz")
    #expect(try back(many).classes.count == 50)
    let few = values([1, 2, 3, 1])
    #expect(line(few, "f.csv") == "load f.csv label=value task=value" && line(few, "f.npz") == "load f.npz task=value")
    #expect(try back(few).targets == .values(1))
    #expect(line(values([0.5, 2, 3, 1]), "v.csv") == "load v.csv label=value")
    #expect(line(classes(["a", "b"]), "c.csv") == "load c.csv label=class")
  }

  @Test func `blanks in names are quoted`() {
    var dataset = values([0.5, 1.5])
    dataset.target = "sin x"
    #expect(line(dataset, "my data.csv") == "load \"my data.csv\" label=\"sin x\"")
    #expect(line(dataset, "my data.npz") == "load \"my data.npz\"")
  }

  @Test func `classes that look like missing values come back, and those that are numbers are told`() throws {
    #expect(try Set(back(classes(["NA", "none"])).classes) == ["NA", "none"])
    #expect(
      SavedData(classes(["01", "02"]), file: "a.csv", isTable: true).losses
        == ["classes that are numbers come back as such: 01 as 1"])
  }

  @Test func `no two columns are called the same`() throws {
    let text = "c,c=a,x,y\n" + (0..<8).map { "\($0 % 2 == 0 ? "a" : "b"),\($0 * 3),\($0),\($0 % 2)\n" }.joined()
    let dataset = try table.load(text, "label=y")
    #expect(CSVWriter.names(dataset) == ["c=a", "c=b", "c=a 2", "x"])
    #expect(try back(dataset).columns == ["c=a", "c=b", "c=a 2", "x"])
  }

  @Test func `images are told to be images, and how their bytes are scaled`() throws {
    #expect(line(images([2, 2]), "i.csv") == "load i.csv label=class shape=2x2")
    #expect(try back(images([2, 2])).shape == [2, 2])
    #expect(line(images([2, 2], .plain), "i.npz") == "load i.npz scale=none")
    #expect(
      line(images([2, 2], ByteScale(mean: 0.2, deviation: 0.3)), "i.csv")
        == "load i.csv label=class shape=2x2 scale=standard")
    // Bytes in a row come back as numbers, so they are written as the network gets them.
    let row = try back(images([3]))
    #expect((0..<row.train.count).allSatisfy { row.train.numbers(of: $0).allSatisfy { $0 <= 1 } })
  }

  @Test func `a name that is a number is told to be a name, and 0 keeps its sign`() throws {
    var dataset = classes(["a", "b"])
    dataset.columns = ["2019"]
    #expect(line(dataset, "a.csv") == "load a.csv label=class heading=yes")
    #expect(CSVTable.text(Float(-0.0)) == "-0" && CSVTable.text(Float(0)) == "0" && CSVTable.text(-3.0) == "-3")
    #expect(CSVNumber.read("-0", decimal: UInt8(ascii: "."))?.sign == .minus)
  }

  @Test(
    "names that may be data are told to be a heading", arguments: ["1st", "-x", ".y", "_a", "NA", "nan", "inf", "7"])
  func areHeading(name: String) throws {
    for isLabel in [true, false] {
      var dataset = classes(["a", "b"])
      dataset.columns = [isLabel ? "x" : name]
      dataset.target = isLabel ? name : "y"
      #expect(line(dataset, "a.csv") == "load a.csv label=\(dataset.target ?? "") heading=yes")
      let back = try back(dataset)
      #expect(back.columns == dataset.columns && back.target == dataset.target)
      #expect(back.train.count + back.test.count == 4)
    }
  }

  @Test func `a label that is called like the number of another column is found by its name`() throws {
    let text =
      "1st,2nd,3\n"
      + (0..<12).map { "\("rgb".letter($0)),\("xy".letter($0)),\("ab".letter($0))\n" }.joined()
    let dataset = try back(table.load(text, "label=3 heading=yes"))
    #expect(dataset.target == "3" && Set(dataset.classes) == ["a", "b"] && dataset.columns.count == 5)
    let years = "2020,2021\n" + (0..<12).map { "\("rgb".letter($0)),\("ab".letter($0))\n" }.joined()
    let columns = try back(table.load(years, "label=2 heading=yes")).columns
    #expect(columns == ["2020=r", "2020=g", "2020=b"])
  }

  @Test func `classes that are numbered otherwise when they come back are told`() throws {
    let examples = Examples(
      shape: [1], features: .floats(Floats([0, 1, 2])), targets: .classes([2, 0, 1], count: 3))
    func losses(_ classes: [String]) -> [String] {
      let dataset = Dataset(name: "x", train: examples, test: examples, classes: classes, origin: "")
      return SavedData(dataset, file: "a.csv", isTable: true).losses
    }
    #expect(
      losses(["z", "y", "x"])
        == ["the classes are numbered otherwise when the table is read: x, z, y instead of z, y, x"])
    #expect(
      losses(["2", "1", "3"])
        == ["the classes are numbered otherwise when the table is read: 1, 2, 3 instead of 2, 1, 3"])
    #expect(losses(["1", "2", "3"]).isEmpty)
    let npz = Dataset(name: "x", train: examples, test: examples, classes: ["z", "y", "x"], origin: "")
    #expect(
      SavedData(npz, file: "a.npz", isTable: false).losses
        == ["arrays do not keep what classes are called; they come back as numbers: 0, 1, 2 instead of z, y, x"])
    #expect(SavedData(classes(["0", "1"]), file: "a.npz", isTable: false).losses.isEmpty)
  }
}
