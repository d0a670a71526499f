import Testing

@testable import Workbench

@Suite struct CompareTests {
  @Test func `every combination is trained from the same first weights, and the session stays as it is`() throws {
    var bench = Bench(.compiled)
    let weights = bench.session.network?.values.map { $0 }
    let outcome = try bench.told("compare compile=sgd,adam lr=0.01,0.1 epochs=2 batch=64")
    #expect(outcome.diagnostic == nil)
    for name in ["sgd lr=0.01", "sgd lr=0.1", "adam lr=0.01", "adam lr=0.1"] { #expect(outcome.text.contains(name)) }
    #expect(bench.session.network?.values.map { $0 } == weights && bench.session.history.isEmpty)
    bench.run("compile sgd lr=0.01")
    bench.run("fit 2 64 validation=test")
    let loss = try #require(bench.session.history.last?.training.loss)
    #expect(outcome.result.contains("\(loss)"), "it trains as fit would")
  }

  @Test func `a trained network is compared from new weights, the same for all`() throws {
    var bench = Bench(.trained)
    let first = try bench.told("compare batch=32,64 epochs=1").result
    let again = try bench.told("compare batch=32,64 epochs=1").result
    #expect(first == again && bench.session.history.count == 2)
  }

  @Test(arguments: [("compare", "only one"), ("compare lr=0.1", "only one"), ("compare compile=adma", "did you mean"),
    ("compare batch=1,1", "twice"), ("compare lr=0.1,0.2 validation=x", "validation")])
  func `what cannot be compared is refused`(line: String, says: String) throws {
    var bench = Bench(.compiled)
    let message = try bench.refuse(line).message
    #expect(message.contains(says), "\(message)")
  }

  @Test func `Ctrl-C keeps what came to its end`() throws {
    var bench = Bench(.compiled)
    bench.stopsAfter = 8
    let outcome = try bench.told("compare lr=0.01,0.1 epochs=1 batch=64")
    #expect(outcome.notes.contains { $0.text.contains("did not come to an end") } || outcome.diagnostic != nil)
  }
}
