import Testing

@testable import Workbench

@Suite struct LintTests {
  @Test("softmax of one unit for values is mended by a linear layer") func softmaxForValues() throws {
    var bench = Bench()
    bench.run("load sine")
    bench.run("add dense 1 softmax")
    #expect(try bench.told("compile adam").nextLine == "remove; add dense 1; compile adam")
  }

  @Test(
    "what will not learn as it should is noted at compile, with the line that mends it",
    arguments: [
      (
        ["add dense 16 relu", "add dense 10 relu", "add activation softmax"], "compile rmsprop", "relu before softmax",
        "remove; remove; add dense 10 softmax; compile rmsprop"
      ),
      (
        ["add dense 10 softmax", "add activation softmax"], "compile adam learning_rate=0.01", "softmax of softmax",
        "remove; compile adam learning_rate=0.01"
      ),
      (["add dense 10"], "compile rmsprop", "numbers of any size", "remove; add dense 10 softmax; compile rmsprop"),
      (
        ["add dense 10 l2=0.001"], "compile sgd", "numbers of any size",
        "remove; add dense 10 softmax l2=0.001; compile sgd"
      ),
      (
        ["add rescaling 0.00392", "add flatten", "add dense 10 softmax"], "compile rmsprop", "already",
        "remove 1; compile rmsprop"
      ),
      (
        ["add random_rotation 0.1", "add rescaling 0.00392", "add flatten", "add dense 10 softmax"], "compile rmsprop",
        "already",
        "remove 2; compile rmsprop"
      ),
      (
        ["add dense 10 softmax"], "compile rmsprop metrics=\"accuracy,top_k_accuracy k=10\"", "always 1",
        "compile rmsprop metrics=accuracy"
      ),
    ])
  func noted(layers: [String], compile: String, says: String, mends: String) throws {
    var bench = Bench(.loaded)
    for line in layers { bench.run(line) }
    let outcome = try bench.told(compile)
    #expect(
      outcome.notes.map(\.text).contains { $0.contains(says) && $0.hasSuffix("better: \(mends)") }, "\(outcome.notes)")
    #expect(outcome.nextLine == mends)
    let mended = try bench.told(mends)
    #expect(
      mended.diagnostic == nil && mended.notes.map(\.text).allSatisfy { !$0.contains("better:") }, "\(mended.notes)")
  }

  @Test(
    "a network as it should be gets no note",
    arguments: [
      ["add dense 16 relu", "add dense 10 softmax"], ["add dense 10", "add activation softmax"],
      ["add rescaling 2 -1", "add flatten", "add dense 10 softmax"],
      ["add conv2d 4 3 relu", "add flatten", "add dense 10 softmax"],
    ])
  func silent(layers: [String]) throws {
    var bench = Bench(.loaded)
    for line in layers { bench.run(line) }
    let outcome = try bench.told("compile rmsprop")
    #expect(outcome.notes == [] && outcome.nextLine == nil)
  }

  @Test func `hinge wants numbers of any size`() throws {
    var bench = Bench(.loaded)
    bench.run("add dense 10")
    let notes = try bench.told("compile rmsprop loss=hinge").notes
    #expect(notes == [])
  }
}
