import Grammar
import Testing

@testable import Workbench

@Suite("edit")
struct EditTests {
  /// Runs `edit` with an editor that changes the text so.
  private func edit(_ bench: inout Bench, _ change: @escaping (String) -> String) -> Outcome? {
    bench.edit = change
    return bench.outcome("edit")
  }

  @Test("what is changed runs again, what stands before it is kept, and undo brings all of it back")
  func changes() throws {
    var bench = Bench(.trained)
    let before = bench.session
    let outcome = edit(&bench) { $0.replacing("compile rmsprop", with: "compile sgd lr=0.1") }
    #expect(outcome?.diagnostic == nil)
    #expect(outcome?.result.contains("\"kept\":4,\"commands\":2") == true, "\(outcome?.result ?? "")")
    #expect(bench.session.trainer?.optimizer.name == "sgd")
    #expect(bench.session.cells.map(\.line).contains("compile sgd lr=0.1"))
    bench.run("undo")
    #expect(bench.session.cells == before.cells)
    #expect(bench.session.network?.values == before.network?.values)
  }

  @Test("the same lines give the same weights as if they had been typed")
  func same() {
    var (bench, typed) = (Bench(.trained), Bench(.compiled))
    _ = edit(&bench) { $0.replacing("fit 2 64", with: "fit 3 32") }
    typed.run("fit 3 32")
    #expect(bench.session.network?.values == typed.session.network?.values)
  }

  @Test("another seed runs everything again")
  func seed() {
    var bench = Bench(.trained)
    let values = bench.session.network?.values
    let outcome = edit(&bench) { $0.replacing("seed 7", with: "seed 8") }
    #expect(outcome?.diagnostic == nil)
    #expect(bench.session.network?.values != values)
    #expect(bench.session.history.count == 2)
  }

  @Test("a mistake, and nothing changed, leave the session as it is", arguments: ["", "foo\n"])
  func refused(addition: String) {
    var bench = Bench(.trained)
    let before = bench.session
    let outcome = edit(&bench) { $0 + addition }
    #expect((outcome?.diagnostic != nil) == !addition.isEmpty)
    #expect(bench.session.cells == before.cells)
    #expect(bench.session.network?.values == before.network?.values)
  }

  @Test("without a terminal it says what to do instead")
  func noTerminal() {
    var bench = Bench(.trained)
    bench.runner.host = Host(now: { 0 }, threads: bench.host().threads)
    #expect(bench.runner.run("edit")?.diagnostic?.hint == "save session work.sumi")
  }

  @Test func `a second edit edits what the first one made`() {
    var bench = Bench(.trained)
    _ = edit(&bench) { $0.replacing("add dense 16 relu", with: "add dense 32 relu") + "evaluate\nfit 2 64\n" }
    #expect(bench.session.network?.shapes.map(\.count) == [784, 32, 10])
    let second = edit(&bench) { text in
      #expect(text.contains("add dense 32 relu"))
      return text.replacing("evaluate\nfit 2 64", with: "evaluate\nfit 3 64")
    }
    #expect(second?.diagnostic == nil)
    #expect(bench.session.network?.shapes.map(\.count) == [784, 32, 10])
    #expect(bench.session.history.count == 5)
    var typed = Bench()
    for line in bench.session.cells.map(\.line) { typed.run(line) }
    #expect(Learnt(typed.session) == Learnt(bench.session))
    bench.run("undo 2")
    #expect(bench.session.network?.shapes.map(\.count) == [784, 16, 10])
  }

  @Test func `Ctrl-C while the lines run again leaves the session as it was, and says what did not run`() {
    var bench = Bench(.trained)
    let before = bench.session
    bench.stopsAfter = 3
    let outcome = edit(&bench) { $0.replacing("fit 2 64", with: "fit 9 64\nevaluate\nconfusion") }
    #expect(outcome?.notes == [
      "2 commands did not run: evaluate; confusion",
      "the session is as it was before; edit opens your text again; redo brings back what ran",
    ])
    #expect(bench.session.cells == before.cells)
    #expect(bench.session.network?.values == before.network?.values)
    bench.stopsAfter = nil
    bench.run("redo")
    #expect(bench.session.cells.last?.line == "fit 9 64 batches=3")
    bench.run("undo")
    #expect(bench.session.network?.values == before.network?.values)
  }

  @Test func `a text that could not be run is offered again, until it runs or the session is another`() {
    var bench = Bench(.trained)
    let failed = edit(&bench) { $0 + "# my words\nfoo\nfit 1 64\n" }
    #expect(failed?.diagnostic?.message.contains("no command is called \"foo\"") == true)
    #expect(failed?.nextLine == "edit")
    var seen = ""
    let mended = edit(&bench) { text in
      seen = text
      return text.replacing("foo\n", with: "")
    }
    #expect(seen.hasSuffix("# my words\nfoo\nfit 1 64\n"))
    #expect(mended?.diagnostic == nil)
    #expect(bench.session.history.count == 3)
    _ = edit(&bench) { $0 + "fit 1 64\npredict 10000\n" }
    bench.run("fit 1 64")
    _ = edit(&bench) { text in
      #expect(!text.contains("predict"))
      return text
    }
  }

  @Test func `lines that run again are shown with their commands`() {
    var bench = Bench(.trained)
    let record = Record()
    bench.runner.observers = [record]
    bench.edit = { $0.replacing("fit 2 64", with: "fit 1 64") }
    bench.runner.host = bench.host()
    _ = bench.runner.run("edit")
    #expect(record.statements.map(\.line) == ["edit", "fit 1 64"])
    #expect(record.statements.map(\.isAnnounced) == [false, true])
  }
}
