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

  @Test func `whatever compile and fit take is compared, each combination as those two lines would train it`() throws {
    var bench = Bench(.compiled)
    let compile = "compile=sgd momentum=0,0.9 weight_decay=0.1"
    let outcome = try bench.told("compare \(compile) schedule=constant,\"step 1 0.5\" batch=64 epochs=1,2")
    #expect(outcome.text.split(separator: "\n").filter { $0.hasPrefix("sgd momentum=") }.count == 8)
    bench.run("compile sgd momentum=0.9 weight_decay=0.1")
    bench.run("fit 2 64 schedule=\"step 1 0.5\" validation=test")
    let loss = try #require(bench.session.history.last?.training.loss)
    #expect(outcome.result.contains("\(loss)"))
    let name = "sgd momentum=0.9 weight_decay=0.1 schedule=\"step 1 0.5\" batch=64 epochs=2"
    #expect(outcome.text.contains(name))
    #expect(try bench.told("compare loss=mse,mae epochs=1").text.contains("loss=mae"))
  }

  @Test func `a combination that cannot be is refused before anything trains`() throws {
    var bench = Bench(.compiled)
    let none = try bench.refuse("compare compile=sgd,adam momentum=0,0.9 epochs=1")
    #expect(none.message.hasPrefix("adam momentum=0: no parameter of adam is called \"momentum\""), "\(none.message)")
    let loss = try bench.refuse("compare loss=mse,hinge epochs=1").message
    #expect(loss.hasPrefix("rmsprop loss=hinge: "), "\(loss)")
    let many = String((0..<40).flatMap { "0.\($0)1," }.dropLast())
    #expect(try bench.refuse("compare lr=\(many) momentum=\(many)").message.contains("1600 combinations"))
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

  @Test func `losses of several kinds are ranked by a metric that all tell, and have an axis each`() throws {
    var bench = Bench()
    for line in ["load sine train=60 test=20", "add dense 8 tanh", "add dense 1", "compile adam"] { bench.run(line) }
    let outcome = try bench.told("compare loss=mse,mae,huber epochs=2")
    #expect(
      outcome.notes.map(\.text) == ["in the order of their last val_mae, as they go by losses of several kinds"])
    for loss in ["mse", "mae", "huber"] { #expect(outcome.text.contains("val_loss, \(loss)")) }
    let csv = try #require(outcome.answer?.pictures.first?.table?.csv)
    let rows = csv.split(separator: "\r\n").map { $0.split(separator: ",") }
    let place = try #require(rows.first?.firstIndex(of: "val_mae"))
    let values = rows.dropFirst().compactMap { Double($0[place]) }
    #expect(values.count == 3 && values == values.sorted(), "full digits, the best first")
    #expect(try bench.told("compare compile=sgd,adam epochs=1").notes.isEmpty)
  }

  @Test func `what to type instead is a line of this command`() throws {
    var bench = Bench(.compiled)
    for line in ["compare schedule=cosine,constant", "compare compile=sgd,adam validation=0.99999 epochs=1"] {
      let hint = try #require(try bench.refuse(line).hint)
      #expect(hint.hasPrefix("compare "))
      bench.run(hint)
    }
  }
}
