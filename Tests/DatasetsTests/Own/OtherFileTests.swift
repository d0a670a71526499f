import Engine
import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Rows of another file than the one that trains")
struct OtherFileTests {
  private let table: OwnTable

  init() throws { table = try OwnTable() }

  private static let codes =
    "code,size,y\n"
    + (0..<12).map { "\(["01", "02", "1A"][$0 % 3]),\($0),\("ab".letter($0))\n" }
    .joined()

  @Test func `what the means took the place of is told of every file`() throws {
    let text = "m,y\n" + (0..<10).map { "\($0 == 3 ? "" : "\($0)"),\($0 % 2)\n" }.joined()
    let notes = try table.notes(text, "label=y missing=mean", test: "m,y\n,0\n,1\n3,0\n")
    #expect(
      notes.suffix(2) == [
        "missing values replaced by the training part's mean: m 1",
        "missing values of TEST replaced by the training part's mean: m 2",
      ])
  }

  @Test func `words that look like numbers in another file are the words of the training part`() throws {
    let dataset = try table.load(OtherFileTests.codes, "label=y")
    #expect(dataset.columns == ["code=01", "code=02", "code=1A", "size"])
    let rows = try #require(dataset.rows)
    let prepared = try rows.examples(of: table.folder.write("code,size\n01,1\n02,2\n", to: "p.csv"))
    #expect(prepared.examples.numbers(of: 0) == [1, 0, 0, 1] && prepared.examples.numbers(of: 1) == [0, 1, 0, 2])
    #expect(prepared.notes.isEmpty && !prepared.isLabelled)
  }

  @Test func `classes that look like numbers in another file are those of the training part`() throws {
    let text = "size,y\n" + (0..<12).map { "\($0),\(["01", "02", "1A"][$0 % 3])\n" }.joined()
    let dataset = try table.load(text, "label=y", test: "size,y\n1,02\n2,01\n")
    #expect(dataset.classes == ["01", "02", "1A"] && dataset.test.labels == [1, 0])
    let numbers = "size,y\n" + (0..<12).map { "\($0),\($0 % 2)\n" }.joined()
    #expect(try table.load(numbers, "label=y", test: "size,y\n1,1.0\n2,00\n").test.labels == [1, 0])
  }

  @Test func `a word that the training part does not have is told, with how many rows have it`() throws {
    let test = "code,size,y\n01,1,a\ngreen,2,b\ngreen,3,b\n03,4,b\nx,1,a\nz,1,a\n"
    let dataset = try table.load(OtherFileTests.codes, "label=y", test: test)
    #expect(dataset.test.numbers(of: 1) == [0, 0, 0, 2])
    let path = table.folder["t.csv"]
    let rest = "a word that the training part does not have, so it is taken for none of its words"
    #expect(dataset.notes.contains("code is \"green\" in 2 rows of \(path), \(rest)"), "\(dataset.notes)")
    #expect(dataset.notes.contains("code is \"03\" in 1 row of \(path), \(rest)"))
    #expect(dataset.notes.contains("code has 1 more such word in 1 row"))
  }

  private static let gaps = "a,b,y\n" + (0..<12).map { "\($0 == 3 ? "" : "\($0)"),\($0),\($0 % 2)\n" }.joined()

  @Test func `rows with missing values are left out of another file too, and the others keep their numbers`() throws {
    let test = "a,b,y\n1,2,0\n,3,1\n3,4,\n4,5,1\n"
    let dataset = try table.load(OtherFileTests.gaps, "label=y missing=drop", test: test)
    #expect(dataset.test.labels == [0, 1] && dataset.test.numbers(of: 1) == [4, 5])
    let path = table.folder["t.csv"]
    #expect(
      dataset.notes.contains("2 rows of \(path) have missing values and are left out, counted from 0: 1, 2"),
      "\(dataset.notes)")
    let rows = try #require(dataset.rows)
    let prepared = try rows.examples(of: path)
    #expect(prepared.rows == [0, 2, 3] && !prepared.isLabelled && prepared.examples.numbers(of: 1) == [3, 4])
    #expect(prepared.notes == ["row 1 of \(path), counted from 0, has missing values and is left out"])
    let empty = try table.folder.write("a,b\n,1\n", to: "e.csv")
    let refusal = #expect(throws: Refusal.self) { try rows.examples(of: empty) }
    #expect(
      refusal?.message == "\(empty) has no row without missing values, and missing=drop leaves such rows out")
  }

  @Test func `rows of images are scaled as those that train`() throws {
    let text = "y,a,b,c,d\n" + (0..<10).map { "\($0 % 2),0,\($0 * 9),128,255\n" }.joined()
    for scaling in Scaling.allCases {
      let dataset = try table.load(text, "label=y shape=2x2", test: "y,a,b,c,d\n1,0,7,200,255\n").scaled(scaling)
      let prepared = try #require(dataset.rows).examples(of: table.folder["t.csv"])
      #expect(prepared.examples.numbers(of: 0) == dataset.test.numbers(of: 0), "\(scaling)")
    }
  }

  @Test func `where a row is of no class that is known, the rows are predicted without comparison`() throws {
    let text = "x,y\n" + (0..<12).map { "\($0),\($0 % 3)\n" }.joined()
    let kept = try table.load(text, "label=y", test: "x,y\n1,0\n2,1\n3,2\n").keeping(classes: ["2", "1"])
    let prepared = try #require(kept.rows).examples(of: table.folder["t.csv"])
    #expect(!prepared.isLabelled && prepared.examples.count == 3)
    let path = table.folder["t.csv"]
    #expect(
      prepared.notes
        == ["\(path), line 2: y is \"0\"; the training part has 2, 1; so y is not taken for what the rows are"])
    #expect(try #require(kept.rows).examples(of: table.folder.write("x,y\n1,2\n", to: "p.csv")).isLabelled)
    #expect(table.refusal(text, "label=y", test: "x,y\n1,zz\n")?.message.hasPrefix("TEST, line 2: y is \"zz\"") == true)
  }

  @Test func `placeholders where values are to be predicted are no values`() throws {
    let rows = try #require(
      table.load("x,y\n" + (0..<12).map { "\($0),\($0).5\n" }.joined(), "label=y").rows)
    let path = try table.folder.write("x,y\n1,zz\n", to: "p.csv")
    let prepared = try rows.examples(of: path)
    #expect(!prepared.isLabelled && prepared.examples.count == 1)
    #expect(
      prepared.notes == ["\(path), line 2: y is \"zz\"; expected numbers; so y is not taken for what the rows are"])
  }

  @Test func `where a column of numbers holds a word, the word and its line are told`() throws {
    let text = "b,y\n" + (0..<10).map { "\($0),\($0 % 2 == 0 ? "a" : "c")\n" }.joined()
    let rows = try #require(table.load(text, "label=y").rows)
    let bad = try table.folder.write("b,y\n2,a\nx,c\n", to: "bad.csv")
    let refusal = #expect(throws: Refusal.self) { try rows.examples(of: bad) }
    #expect(refusal?.message == "\(bad), line 3: b is \"x\"; expected numbers")
    #expect(
      table.refusal("x,y\n1,2\n2,z\n3,4\n", "label=y task=value")?.message
        == "FILE, line 3: y is \"z\"; task=value needs numbers")
  }
}
