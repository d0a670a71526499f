import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("show errors")
struct ShowErrorsTests {
  private func errors(_ line: String) throws -> [[String: Any]] {
    var bench = Toy.bench
    let text = bench.outcome(line)?.result ?? ""
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(json["wrong"] as? Int == 4)
    return try #require(json["errors"] as? [[String: Any]])
  }

  @Test("each mistake comes with its index, both classes and both probabilities")
  func members() throws {
    let all = try errors("show errors")
    #expect(all.map { $0["index"] as? Int } == [1, 3, 5, 6])
    #expect(all.map { $0["true"] as? Int } == [0, 1, 1, 1])
    #expect(all.map { $0["predicted"] as? Int } == [1, 0, 0, 2])
    let sum = exp(Double(Toy.logit)) + 2
    for error in all {
      #expect(abs((error["probability"] as? Double ?? 0) - exp(Double(Toy.logit)) / sum) < 1e-6)
      #expect(abs((error["true_probability"] as? Double ?? 0) - 1 / sum) < 1e-6)
    }
  }

  @Test(
    "true=, predicted= and N choose among them, and the count of all stays",
    arguments: [
      ("show errors true=dog", [3, 5, 6]), ("show errors predicted=cat", [3, 5]),
      ("show errors true=cat predicted=dog", [1]),
      ("show errors 2", [1, 3]), ("show errors true=\"<owl>\"", []), ("show errors 1 true=dog order=worst", [3]),
    ])
  func chosen(line: String, indices: [Int]) throws {
    #expect(try errors(line).map { $0["index"] as? Int ?? -1 } == indices)
  }

  @Test("each picture is captioned by the true class and, behind a cross, the predicted one")
  func captions() {
    var bench = Toy.bench
    let text = bench.outcome("show errors 1 predicted=\"<owl>\"")?.text ?? ""
    #expect(text.contains("4 of 7 test examples are wrong (57.1 %), 1 of them as asked for"))
    #expect(text.contains("dog ×<owl>"))
  }

  @Test("a page in HTML escapes the names of classes")
  func html() throws {
    let folder = try Folder()
    var bench = Toy.bench
    bench.run("show errors > \(folder["e.html"])")
    let page = try folder.text("e.html")
    #expect(page.contains("&lt;owl&gt;") && !page.contains("<owl>"))
  }
}
