import Foundation
import Pictures
import Testing

@testable import Engine
@testable import Workbench

@Suite("report")
struct ReportTests {
  @Test("precision, recall, f1 and support are those of the definition; what cannot be told is marked")
  func figures() throws {
    var bench = Toy.bench
    let text = bench.outcome("report")?.result ?? ""
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[String: Any]]])
    let classes = try #require(json["classes"])
    #expect(classes.map { $0["class"] as? String } == ["cat", "dog", "<owl>"])
    #expect(classes.map { $0["precision"] as? Double } == [2.0 / 4, 1.0 / 2, 0])
    #expect(classes.map { $0["recall"] as? Double } == [2.0 / 3, 1.0 / 4, nil])
    #expect(classes.map { $0["f1"] as? Double } == [4.0 / 7, 2 * 0.5 * 0.25 / 0.75, 0])
    #expect(classes.map { $0["support"] as? Int } == [3, 4, 0])
  }

  @Test("the most confused pairs come first, equal ones in the order of the classes")
  func pairs() {
    var bench = Toy.bench
    let outcome = bench.outcome("report")
    #expect(
      outcome?.result.hasSuffix(
        #""confused":[{"true":1,"predicted":0,"count":2},"#
          + #"{"true":0,"predicted":1,"count":1},{"true":1,"predicted":2,"count":1}]}"#) == true)
    #expect(
      outcome?.text.hasSuffix(
        "most confused: dog taken for cat 2×, cat taken for dog 1×, dog taken for <owl> 1×\n") == true)
  }

  @Test func `a class that is never predicted has no precision, in words, JSON and CSV`() throws {
    var bench = Bench(.built)
    var session = bench.session
    // Weights of 0 and one bias make every example a 3.
    let count = session.network?.values.count ?? 0
    let three = try #require(session.network?.tensors.last?.offset) + 3
    session.network?.values.replaceSubrange(0..<count, with: (0..<count).map { $0 == three ? 1 : 0 })
    bench = Bench(session: session)
    let answer = bench.outcome("report")
    let outcome = try #require(answer)
    #expect(outcome.result.contains(#"{"class":"0","precision":null,"recall":0.0,"f1":0.0,"#))
    #expect(outcome.text.contains("–") && !outcome.text.contains("nan"))
    #expect(outcome.answer?.notes == ["– no example is taken for 0, 1, 2, 4, 5, 6, 7, 8, 9, so there is no precision"])
    #expect(outcome.answer?.pictures.first?.table?.csv.contains("0,,0.0,0.0,") == true)
  }
}
