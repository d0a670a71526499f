import Engine
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Some of the classes")
struct SelectionTests {
  @Test func `the part that lacks them is told, with what it has`() throws {
    let table = try OwnTable()
    let text = "x,y\n" + (0..<40).map { "\($0),\("abcd".letter($0))\n" }.joined()
    let dataset = try table.load(text, "label=y", test: "x,y\n1,a\n2,b\n3,a\n")
    func says(_ dataset: Dataset) -> String? {
      let refusal = #expect(throws: Refusal.self) { try dataset.keeping(classes: ["c", "d"]) }
      return refusal?.message.replacing(table.folder["a.csv"], with: "FILE")
    }
    #expect(says(dataset) == "the test part of FILE has no examples of these classes; it has a, b")
    var turned = dataset
    (turned.train, turned.test) = (dataset.test, dataset.train)
    #expect(says(turned) == "the training part of FILE has no examples of these classes; it has a, b")
  }

  @Test func `a class with a comma in its name is kept by it`() throws {
    let text = "x,y\n" + (0..<30).map { "\($0),\(["\"a,b\"", "c", "d"][$0 % 3])\n" }.joined()
    #expect(try OwnTable().load(text, "label=y").keeping(classes: ["a,b", "d"]).classes == ["a,b", "d"])
  }
}
