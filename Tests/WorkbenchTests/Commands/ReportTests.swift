import Foundation
import Testing

@testable import Workbench

@Suite("report")
struct ReportTests {
  @Test("precision, recall, f1 and support are those of the definition; an empty class has zeros")
  func figures() throws {
    var bench = Toy.bench
    let text = bench.outcome("report")?.result ?? ""
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[String: Any]]])
    let classes = try #require(json["classes"])
    #expect(classes.map { $0["class"] as? String } == ["cat", "dog", "<owl>"])
    #expect(classes.map { $0["precision"] as? Double } == [2.0 / 4, 1.0 / 2, 0])
    #expect(classes.map { $0["recall"] as? Double } == [2.0 / 3, 1.0 / 4, 0])
    #expect(classes.map { $0["f1"] as? Double } == [4.0 / 7, 2 * 0.5 * 0.25 / 0.75, 0])
    #expect(classes.map { $0["support"] as? Int } == [3, 4, 0])
  }

  @Test("the most confused pairs come first, equal ones in the order of the classes")
  func pairs() {
    var bench = Toy.bench
    let outcome = bench.outcome("report")
    #expect(outcome?.result.hasSuffix(#""confused":[{"true":1,"predicted":0,"count":2},"#
      + #"{"true":0,"predicted":1,"count":1},{"true":1,"predicted":2,"count":1}]}"#) == true)
    #expect(outcome?.text.hasSuffix(
      "most confused: dog taken for cat 2×, cat taken for dog 1×, dog taken for <owl> 1×\n") == true)
  }
}
