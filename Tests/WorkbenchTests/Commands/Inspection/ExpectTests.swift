import Testing

@testable import Engine
@testable import Workbench

@Suite("expect")
struct ExpectTests {
  @Test(
    "a figure stands to its bound or the line is refused",
    arguments: [
      ("accuracy >= 0.42", true), ("accuracy>=0.43", false), ("accuracy <= 0.43", true), ("accuracy < 0.42", false),
      ("\"accuracy > 0.42\"", true), ("accuracy \">\" 0.43", false), ("accuracy != 0.5", true), ("loss<1e9", true),
      ("loss < 0", false),
    ])
  func holds(condition: String, isTrue: Bool) {
    var bench = Toy.bench
    bench.run("evaluate")
    let diagnostic = bench.outcome("expect \(condition)")?.diagnostic
    #expect((diagnostic == nil) == isTrue, "\(diagnostic?.message ?? "")")
    if !isTrue { #expect(diagnostic?.message.contains(", but ") == true) }
  }

  @Test("figures are those of the last evaluate, and of the last epoch once the network has changed")
  func figures() throws {
    var bench = Bench(.trained)
    let epoch = try #require(bench.session.history.last?.training["accuracy"])
    bench.run("expect accuracy == \(epoch)")
    bench.run("evaluate")
    let measured = try #require(bench.session.evaluation?["accuracy"])
    bench.run("expect accuracy == \(measured)")
    bench.run("fit 1 validation=0.5")
    bench.run("expect val_accuracy >= 0")
  }

  @Test(arguments: [
    ("loss == 0.0636", 0.06363, true), ("loss == 0.0636", 0.06366, false), ("loss != 0.0636", 0.06363, false),
    ("loss <= 0.0636", 0.06363, true), ("loss < 0.0636", 0.06359, false), ("loss >= 0.976", 0.97596, true),
    ("loss >= 0.98", 0.976, false), ("loss == 0.98", 0.976, false), ("loss > 0.0636", 0.06364, false),
    ("loss == 0.06363", 0.06363, true), ("loss == 0.06364", 0.06363, false), ("loss == 1e-5", 0.00001, true),
    ("loss == 1e-5", 0.00002, false), ("loss == 0", 0.00001, true), ("loss == 1e300", 1e300, true),
    ("loss < 1e300", .infinity, false), ("loss >= -0.5", -0.50001, true),
  ])
  func `what counts is what is shown`(condition: String, value: Double, isTrue: Bool) throws {
    var session = Toy.bench.session
    session.evaluation = Score(loss: value, metrics: [], count: 1)
    var bench = Bench(session: session)
    #expect((bench.outcome("expect \"\(condition)\"")?.diagnostic == nil) == isTrue)
  }

  @Test func `figures of validation can be held against a bound after evaluate too`() throws {
    var bench = Bench(.compiled)
    bench.run("fit 1 64 validation=0.5")
    bench.run("evaluate")
    bench.run("expect val_accuracy >= 0")
    #expect(try bench.refuse("expect val_recall >= 0").message.contains("val_accuracy"))
  }
}
