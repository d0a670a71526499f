import Grammar
import Testing

@testable import Workbench

@Suite("edit")
struct EditTests {
  /// Runs `edit` with an editor that changes the text so.
  private func edit(_ bench: inout Bench, _ change: @escaping (String) -> String) -> Outcome? {
    var host = bench.host()
    host.edit = change
    return bench.interpreter.run("edit", host: host)
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
    let host = Host(now: { 0 }, threads: bench.host().threads)
    #expect(bench.interpreter.run("edit", host: host)?.diagnostic?.hint == "save session work.sumi")
  }
}
