import Engine
import Testing

@testable import Workbench

/// An observer that keeps the progress it is told.
private final class Listener: RunObserver {
  var told: [Training.Progress] = []

  func progress(_ progress: Training.Progress) { told.append(progress) }
}

@Suite("Interruption through the host")
struct HostTests {
  @Test(
    "an interrupted fit is no error: it stops at the end of a batch and keeps what was learnt", arguments: [1, 3, 5, 7])
  func stops(after batches: Int) throws {
    var bench = Bench(.compiled)
    let before = Learnt(bench.session)
    bench.stopsAfter = batches
    let ran = bench.run("fit 9 64")
    let answer = try #require(ran as? FitAnswer)
    #expect(answer.outcome.end == .interrupted)
    #expect(answer.outcome.batches == batches)
    #expect(answer.json.text.contains(#""interrupted":true"#))
    #expect(Learnt(bench.session).steps == batches)
    #expect(Learnt(bench.session) != before)
    #expect(bench.session.history.map(\.number) == Array(1...(batches + 4) / 5))
  }

  @Test("a wish to stop that comes with the very last batch finds nothing to stop")
  func tooLate() throws {
    var bench = Bench(.compiled)
    bench.stopsAfter = 10
    let ran = bench.run("fit 2 64")
    let answer = try #require(ran as? FitAnswer)
    #expect(answer.outcome.end == .finished)
  }

  @Test("epochs go on counting behind an interrupted fit, and undo takes back all of it")
  func goesOn() throws {
    var bench = Bench(.compiled)
    bench.stopsAfter = 3
    bench.run("fit 9 64")
    bench.stopsAfter = nil
    bench.run("fit 2 64")
    #expect(bench.session.history.map(\.number) == [1, 2, 3])
    bench.run("undo 2")
    #expect(bench.session.history == [])
  }

  @Test("a script that is asked to stop runs no further line")
  func script() throws {
    var bench = Bench(.compiled)
    bench.stopsAfter = 3
    let (ending, shown) = bench.replay(Script(name: "-c", commands: "fit 9 64; fit 9 64; evaluate"))
    #expect(ending == .interrupted)
    #expect(shown.last?.diagnostic == nil)
    #expect(shown.last?.notes.last == "2 commands did not run: fit 9 64; evaluate")
    #expect(shown.map(\.line) == ["fit 9 64"])
    #expect(Learnt(bench.session).steps == 3)
  }

  @Test("progress is told for every batch, with running figures, and an epoch at its end")
  func progress() throws {
    var bench = Bench(.compiled)
    let listener = Listener()
    bench.runner.observers = [listener]
    _ = bench.runner.run("fit 2 64")
    let told = listener.told
    #expect(told.map(\.batch) == [1, 2, 3, 4, 5, 1, 2, 3, 4, 5])
    #expect(told.allSatisfy { $0.batches == 5 && $0.lastEpoch == 2 })
    #expect(told.map { $0.finished?.number } == [nil, nil, nil, nil, 1, nil, nil, nil, nil, 2])
    #expect(told.last?.score == bench.session.history.last?.training)
  }
}
