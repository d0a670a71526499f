import Testing

@testable import Workbench

@Suite("expect")
struct ExpectTests {
  @Test("a figure stands to its bound or the line is refused", arguments: [
    ("accuracy >= 0.42", true), ("accuracy>=0.43", false), ("accuracy <= 0.43", true), ("accuracy < 0.42", false),
    ("\"accuracy > 0.42\"", true), ("accuracy \">\" 0.43", false), ("accuracy != 0.5", true), ("loss<1e9", true), ("loss < 0", false),
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
}
