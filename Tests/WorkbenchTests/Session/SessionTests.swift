import Testing

@testable import Workbench

@Suite("The session as a value")
struct SessionTests {
  @Test("fit, undo, fit again gives the bits of the first fit")
  func undoTraining() {
    var bench = Bench(.compiled)
    let before = Footprint(bench.session)
    bench.run("fit 2 64")
    let first = Learnt(bench.session)
    bench.run("undo")
    #expect(Footprint(bench.session).weights == before.weights)
    bench.run("fit 2 64")
    #expect(Learnt(bench.session) == first)
  }

  @Test("undo goes back over every command that changes, and redo comes forward to the same bits")
  func undoAll() {
    var bench = Bench(.trained)
    let (last, lines) = (Footprint(bench.session), bench.session.cells.map(\.line))
    let undone = bench.run("undo 5")?.json.text
    #expect(undone == #"{"undone":["# + lines.reversed().map { "\"\($0)\"" }.joined(separator: ",") + "]}")
    #expect(bench.session.dataset == nil)
    #expect(bench.session.network == nil)
    #expect(bench.session.cells == [])
    bench.run("redo 5")
    let again = Footprint(bench.session)
    #expect(again.weights == last.weights)
    #expect(again.slots == last.slots)
    #expect(again.random == last.random)
    #expect(again.lines == last.lines)
    #expect(again.history == last.history)
  }

  @Test("a change after undo makes redo void; an inspection does not")
  func redoIsVoid() throws {
    var bench = Bench(.trained)
    bench.run("undo")
    bench.run("data")
    #expect(bench.session.future.count == 1)
    bench.run("seed 3")
    let diagnostic = try bench.refuse("redo")
    #expect(diagnostic.message == "there is nothing to redo")
  }

  @Test("undo takes back what was measured after the change too")
  func undoMeasured() throws {
    var bench = Bench(.trained)
    bench.run("evaluate")
    bench.run("undo")
    #expect(bench.session.evaluation == nil)
    #expect(bench.session.history.isEmpty)
    let diagnostic = try bench.refuse("expect accuracy >= 0")
    #expect(diagnostic.message == "nothing has been measured yet")
  }

  @Test("undo of a removed layer brings its weights and the training back")
  func undoRemove() {
    var bench = Bench(.trained)
    let before = Footprint(bench.session)
    bench.run("remove")
    #expect(bench.session.trainer == nil)
    bench.run("undo")
    #expect(Footprint(bench.session).weights == before.weights)
    #expect(Footprint(bench.session).slots == before.slots)
    #expect(bench.session.history == before.history)
  }

  @Test("the past is bounded")
  func longPast() {
    var bench = Bench()
    for seed in 0..<150 { bench.run("seed \(seed)") }
    #expect(bench.session.past.count == 100)
    #expect(bench.session.past.allSatisfy { $0.session.past.isEmpty && $0.session.future.isEmpty })
  }

  @Test("the same seed gives the same bits at any number of threads", arguments: [1, 2, 3])
  func threads(_ threads: Int) {
    var bench = Bench(.compiled)
    bench.threads = threads
    bench.run("add dropout 0.25")
    bench.run("add dense 10 softmax")
    bench.run("compile adam")
    bench.run("fit 2 48 validation=0.1")
    bench.run("evaluate")
    #expect(Learnt(bench.session) == SessionTests.onOneThread.learnt)
    #expect(bench.session.evaluation == SessionTests.onOneThread.session.evaluation)
  }

  private static let onOneThread: (learnt: Learnt, session: Session) = {
    var bench = Bench(.compiled)
    for line in ["add dropout 0.25", "add dense 10 softmax", "compile adam", "fit 2 48 validation=0.1", "evaluate"] {
      bench.run(line)
    }
    return (Learnt(bench.session), bench.session)
  }()

  @Test("another seed gives other weights")
  func seeds() {
    var (one, other) = (Bench(.loaded), Bench(.loaded))
    one.run("seed 1")
    other.run("seed 2")
    one.run("add dense 10 softmax")
    other.run("add dense 10 softmax")
    #expect(Footprint(one.session).weights != Footprint(other.session).weights)
  }

  @Test("a drawn seed is told once, when it is first used; a chosen one is not")
  func toldSeed() {
    var bench = Bench(.loaded)
    let chosen = bench.run("add dense 10 softmax")
    #expect(chosen?.notes == [])
    bench = Bench(session: Session(seed: Seed(99, isDrawn: true)))
    bench.run("load digits train=20 test=10")
    let (first, second) = (bench.run("add dense 10 softmax"), bench.run("add dense 10 softmax"))
    #expect(
      first?.notes.map(\.text) == ["seed 99 was drawn; type it before the first layer to get the same numbers again"])
    #expect(second?.notes == [])
  }

  @Test(arguments: [" \\\n", "\u{200B}\\\n", "  \\\n# words \\\n  "])
  func `blank lines that end in a backslash replay as they ran`(blank: String) {
    var bench = Bench(.loaded)
    bench.run("add dense 10 softmax\r\(blank)")
    bench.run("compile adam")
    var again = Bench(.empty)
    // As somebody does who types what was saved.
    for line in bench.session.script { again.run(line) }
    #expect(again.session.cells.map(\.line) == ["seed 7"] + bench.session.cells.map(\.line))
    #expect(again.session.script.contains("# words \\") == blank.contains("#"))
  }
}
