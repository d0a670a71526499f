import Engine
import Testing

@testable import Workbench

@Suite("The smallest and the largest")
struct LimitsTests {
  @Test("one row, one unit and batches of one train, evaluate and predict", arguments: [
    ["add dense 10 softmax"], ["add dense 1 relu", "add dense 10 softmax"], ["add dense 1", "add dense 10 softmax"],
    ["add conv2d 1 28 relu", "add flatten", "add dense 10 softmax"],
    ["add conv2d 1 1 relu", "add maxpool2d 28", "add flatten", "add dense 10 softmax"],
  ], [1, 2])
  func smallest(layers: [String], threads: Int) throws {
    var bench = Bench()
    bench.threads = threads
    for line in ["load digits train=1 test=1"] + layers + ["compile rmsprop", "fit 2 1"] { bench.run(line) }
    #expect(bench.session.history.map(\.batches) == [1, 1])
    #expect(bench.session.history.allSatisfy { $0.monitored.isFinite })
    bench.run("evaluate")
    #expect(bench.session.evaluation?.count == 1)
    for line in ["predict 0", "confusion", "report", "show errors", "show example 0"] { bench.run(line) }
  }

  @Test("a batch larger than the data set is one batch", arguments: [300, 301, 100_000, Int.max])
  func largeBatch(batch: Int) {
    var bench = Bench(.compiled)
    bench.run("fit 1 \(batch)")
    #expect(bench.session.history.map(\.batches) == [1])
    #expect(bench.session.history.map(\.training.count) == [300])
  }

  @Test("more threads than processors are told of, and work to the same bits")
  func manyThreads() throws {
    var (bench, one) = (Bench(.compiled), Bench(.compiled))
    let count = min(1024, 8 * Threads.processors)
    let answer = bench.run("set threads \(count)")
    let note = try #require(answer?.notes.first)
    #expect(note.text.hasPrefix("\(count) threads on \(Threads.processors) processor"))
    for line in ["fit 1 64", "evaluate"] {
      bench.run(line)
      one.run(line)
    }
    #expect(Learnt(bench.session) == Learnt(one.session))
    #expect(bench.session.evaluation == one.session.evaluation)
  }

  @Test("as many threads as processors, and auto, are not worth a word", arguments: [
    "1", "\(Threads.processors)", "auto",
  ])
  func fewThreads(count: String) {
    var bench = Bench()
    let answer = bench.run("set threads \(count)")
    #expect(answer?.notes == [])
  }

  @Test("what does not fit into memory is refused with both figures, and nothing has changed", arguments: [
    (Bench.Stage.loaded, "add dense 1000000000"), (.loaded, "add conv2d 1000000000 3"),
    (.built, "add dense 4000000000000"), (.loaded, "add zeropadding2d 300000"),
    (.built, "add dense 9223372036854775807"),
  ])
  func tooLarge(stage: Bench.Stage, line: String) throws {
    var bench = Bench(stage)
    let before = Footprint(bench.session)
    let message = try bench.refuse(line).message
    let figures = #/needs (more than )?[0-9.]+ [kMGTPE]?B of memory, and there are [0-9.]+ [kMGTPE]?B$/#
    #expect(message.contains(figures), "\(message)")
    #expect(Footprint(bench.session) == before)
  }
}
