import Foundation
import Testing

@testable import Workbench

@Suite("Results as JSON, as the contract of the language has them")
struct OutcomeTests {
  @Test("a line that ran gives cell, line, ok, seconds and result; a refused one an error with its place")
  func members() {
    var bench = Bench()
    let (fine, refused, late) = (bench.outcome("seed 5"), bench.outcome("add dnse 5"), bench.outcome("fit 1"))
    #expect(fine?.json.text == #"{"cell":1,"line":"seed 5","ok":true,"seconds":0.0,"result":{"seed":5}}"#)
    #expect(
      refused?.json.text == #"{"cell":2,"line":"add dnse 5","ok":false,"seconds":0.0,"error":{"#
        + #""message":"no layer is called \"dnse\"; did you mean dense?","hint":null,"column":5,"length":4}}"#)
    #expect(
      late?.json.text == #"{"cell":3,"line":"fit 1","ok":false,"seconds":0.0,"error":{"#
        + #""message":"there is no data set yet","hint":"load digits","column":null,"length":null}}"#)
  }

  @Test("what is told besides a result stands in notes")
  func notes() throws {
    var bench = Bench(.loaded)
    #expect(!(try bench.told("add dense 10").json.text.contains("\"notes\"")))
    let text = try bench.told("compile sgd loss=mse").json.text
    #expect(text.contains(#","notes":["the last layer gives numbers of any size"#), "\(text)")
  }

  @Test("load, add, remove and summary give the members that tools rely on")
  func building() {
    var bench = Bench()
    #expect(
      result("load digits train=30 test=20", &bench)
        == #"{"name":"digits","train":30,"test":20,"shape":[28,28],"classes":10}"#)
    let first = #"{"name":"dense","output":[512],"parameters":401920}"#
    let second = #"{"name":"dense","output":[10],"parameters":5130}"#
    #expect(result("add dense 512 relu", &bench).hasPrefix(#"{"layers":["# + first + #"],"parameters":401920"#))
    for line in ["add dense 10 softmax", "summary"] {
      #expect(result(line, &bench).hasPrefix(#"{"layers":["# + first + "," + second + #"],"parameters":407050"#))
    }
    #expect(result("remove", &bench).hasPrefix(#"{"layers":["# + first + #"],"parameters":401920"#))
    #expect(result("remove all", &bench).hasPrefix(#"{"layers":[],"parameters":0"#))
  }

  @Test("fit and evaluate give the figures of their epochs")
  func training() throws {
    var bench = Bench(.compiled)
    let text = result("fit 2 64", &bench)
    let fit = try object(text)
    #expect(fit["epochs"] as? Int == 2)
    #expect(fit["batch"] as? Int == 64)
    #expect(fit["interrupted"] as? Bool == false)
    let history = try #require(fit["history"] as? [[String: Any]])
    #expect(history.map { $0["epoch"] as? Int } == [1, 2])
    for (epoch, kept) in zip(history, bench.session.history) {
      #expect(text.contains(#""loss":\#(kept.training.loss),"#))
      #expect(text.contains(#""accuracy":\#(kept.training["accuracy"] ?? .nan),"#))
      #expect(epoch["seconds"] as? Double == 0)
    }
    let validated = try object(result("fit 1 validation=0.5", &bench))
    let epoch = try #require((validated["history"] as? [[String: Any]])?.first)
    #expect(epoch["val_loss"] is Double)
    #expect(epoch["val_accuracy"] is Double)
    let evaluated = result("evaluate", &bench)
    let evaluation = try object(evaluated)
    #expect(evaluation["split"] as? String == "test")
    #expect(evaluation["count"] as? Int == 100)
    let (loss, value) = (
      try #require(bench.session.evaluation?.loss), try #require(bench.session.evaluation?["accuracy"])
    )
    #expect(evaluated.contains(#""loss":\#(loss),"accuracy":\#(value),"#))
    #expect(result("expect accuracy >= 0", &bench) == #"{"metric":"accuracy","value":\#(value),"holds":true}"#)
  }

  @Test("a loss that is no number is null, and the line is still JSON")
  func notFinite() throws {
    var bench = Bench(.built)
    bench.run("compile sgd lr=1e30 loss=mse")
    let ran = bench.outcome("fit 3 32")
    let outcome = try #require(ran)
    _ = try JSONSerialization.jsonObject(with: Data(outcome.json.text.utf8))
    #expect(!outcome.json.text.contains("nan") && !outcome.json.text.contains("inf,"))
  }

  private func result(_ line: String, _ bench: inout Bench) -> String { bench.outcome(line)?.result ?? "" }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
