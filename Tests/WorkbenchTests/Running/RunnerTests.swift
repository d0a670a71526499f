import Engine
import Foundation
import Grammar
import TestSupport
import Testing

@testable import Workbench

@Suite("The runner")
struct RunnerTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  /// An observer that does something while a batch is trained.
  private final class Meddler: RunObserver {
    let act: () -> Void

    init(_ act: @escaping () -> Void) { self.act = act }

    func progress(_ progress: Training.Progress) { act() }
  }

  @Test func `each step gives one outcome, and their numbers rise, whatever runs what`() throws {
    try folder.write("seed 3\nhelp quit\n", to: "inner.sumi")
    let text = "# why\nseed 1\nrun inner.sumi\nfoo\n"
    var bench = Bench()
    bench.runner.open(try Script(file: folder.write(text.replacing("foo\n", with: "seed 4\n"), to: "outer.sumi")))
    var outcomes: [Outcome] = []
    while let outcome = bench.runner.step() { outcomes.append(outcome) }
    #expect(outcomes.map(\.line) == ["seed 1", "seed 3", "help quit", "run inner.sumi", "seed 4"])
    #expect(outcomes.map(\.cell) == [1, 2, 3, 4, 5])
    let (ending, shown) = bench.replay(try Script(file: folder.write(text, to: "wrong.sumi")))
    #expect(ending == .diagnostic)
    #expect(shown.map(\.cell) == [6])
    #expect(bench.outcome("nonsense")?.cell == 7)
    #expect(bench.outcome("run \(folder["none.sumi"])")?.cell == 8)
    #expect(bench.runner.next == 9)
  }

  @Test func `a result that cannot be written leaves what the command did, and says so`() throws {
    var bench = Bench(.compiled)
    let path = folder["gone/c.svg"]
    try FileManager.default.createDirectory(atPath: folder["gone"], withIntermediateDirectories: false)
    let gone = folder["gone"]
    bench.runner.observers = [Meddler { try? FileManager.default.removeItem(atPath: gone) }]
    bench.runner.host = bench.host()
    let outcome = bench.runner.run("fit 1 64 > \(path)")
    #expect(outcome?.diagnostic?.message.hasSuffix("; what the command did is kept") == true)
    #expect(outcome?.json.text.contains(#""ok":false,"#) == true)
    #expect(outcome?.json.text.contains(#""result":{"epochs":1"#) == true)
    #expect(outcome?.file == nil)
    #expect(bench.session.history.count == 1)
    #expect(bench.runner.ending == .diagnostic)
  }

  @Test func `a result that cannot be a table is refused before the work, and an empty one is written`() throws {
    var bench = Bench(.loaded)
    let before = Footprint(bench.session)
    for line in ["seed 5 > x.csv", "run nothing.sumi > x.csv", "save session a.sumi > x.csv", "quit > x.csv"] {
      #expect(try bench.refuse(line).message.contains("so it cannot be CSV"), "\(line)")
    }
    #expect(Footprint(bench.session) == before)
    bench.run("seed 5 > \(folder["x.txt"])")
    #expect(try folder.text("x.txt") == "")
  }

  @Test func `what a script printed goes into the file of the line that runs it`() throws {
    let script = try folder.write("# why\nload digits train=20 test=10\ndata\n", to: "a.sumi")
    var bench = Bench()
    let record = Record()
    bench.runner.observers = [record]
    for ending in ["txt", "md", "html", "json"] {
      let outcome = bench.runner.run("run \(script) > \(folder["log.\(ending)"])")
      #expect(outcome?.file == folder["log.\(ending)"])
      let text = try folder.text("log.\(ending)")
      #expect(text.contains("20 training and 10 test examples") == (ending != "json"))
    }
    #expect(try folder.text("log.txt").hasPrefix("> load digits train=20 test=10\ndigits: 20 training"))
    let json = try JSONSerialization.jsonObject(with: Data(folder.text("log.json").utf8)) as? [String: Any]
    #expect((json?["cells"] as? [Any])?.count == 2)
    #expect(record.outcomes.allSatisfy { $0.pictures.isEmpty })
  }

  @Test func `a script may run what an earlier line of it writes`() throws {
    let text = "seed 1\nsave session b.sumi\nrun b.sumi\nseed 2 > c.txt\nrun c.txt\n"
    var bench = Bench()
    let (ending, shown) = bench.replay(try Script(file: folder.write(text, to: "a.sumi")))
    #expect(ending == .finished, "\(shown.last?.diagnostic?.message ?? "")")
    let missing = bench.replay(try Script(file: folder.write("seed 1\nrun d.sumi\n", to: "e.sumi")))
    #expect(missing.ending == .diagnostic)
    #expect(missing.shown.count == 1)
  }

  @Test func `validation lists all mistakes with their lines, those of scripts that are run too`() throws {
    try folder.write("foo\nseed 1\nbar\n", to: "b.sumi")
    let script = try Script(file: folder.write("add dnse 5\nrun b.sumi\n\nseed \\\n x\n", to: "a.sumi"))
    let mistakes = script.validate(Bench().host())
    #expect(
      mistakes.map(\.place) == [
        "\(folder["a.sumi"]):1", "\(folder["b.sumi"]):1", "\(folder["b.sumi"]):3", "\(folder["a.sumi"]):5",
      ])
    #expect(mistakes.map(\.lineNumber) == [1, 1, 3, 5])
    var bench = Bench()
    let shown = bench.replay(script).shown
    #expect(shown.count == 1)
    #expect(shown.first?.further.count == 3)
  }

  @Test func `scripts that run one another many times are read once each`() throws {
    for level in 0..<12 {
      try folder.write(String(repeating: "run \(level + 1).sumi\n", count: 40), to: "\(level).sumi")
    }
    try folder.write("foo\n", to: "12.sumi")
    #expect(try Script(file: folder["0.sumi"]).validate(Bench().host()).count == 1)
  }

  @Test func `a script that begins with data of its own begins an empty session, and undo brings the other back`()
    throws
  {
    let lines = ["load digits train=20 test=10", "add dense 10 softmax"]
    for (name, start) in [("a", ""), ("b", "# words\nseed 4\nset threads 2\n"), ("c", "new\n")] {
      let script = try folder.write(start + lines.joined(separator: "\n") + "\n", to: "\(name).sumi")
      var bench = Bench(.trained)
      let before = Footprint(bench.session)
      let outcome = bench.replay(try Script(file: script)).shown.first
      #expect(outcome?.notes.first == "the script begins with an empty session; undo brings back the one before")
      #expect(bench.session.network?.layers.count == 1)
      let steps = bench.session.past.count
      bench.run("undo \(steps)")
      bench.run("redo \(5)")
      #expect(Footprint(bench.session).weights == before.weights)
    }
    var bench = Bench(.trained)
    _ = bench.replay(try Script(file: folder.write("add dropout 0.5\n", to: "d.sumi")))
    #expect(bench.session.network?.layers.count == 3)
    for line in lines { _ = bench.outcome(line) }
    #expect(bench.session.network?.layers.count == 4)
  }

  @Test func `new begins an empty session with the same seed, and can be undone`() {
    var bench = Bench(.trained)
    let before = Learnt(bench.session)
    #expect(bench.run("new")?.notes == ["the training before was not saved; undo brings it back"])
    #expect(bench.session.dataset == nil && bench.session.network == nil && bench.session.cells.isEmpty)
    #expect(bench.session.seed.number == 7)
    for (_, lines) in Bench.lines { for line in lines { bench.run(line) } }
    #expect(Learnt(bench.session) == before)
    #expect(bench.run("undo 6")?.json.text.hasSuffix(#""load digits train=300 test=100","new"]}"#) == true)
    #expect(Learnt(bench.session) == before)
  }

  @Test func `several commands may be typed on a line, and a mistake stops them before the first`() {
    var bench = Bench()
    let record = Record()
    bench.runner.observers = [record]
    _ = bench.runner.run("load digits train=20 test=10; help quit; data # don't; new")
    #expect(record.outcomes.map(\.line) == ["load digits train=20 test=10", "help quit", "data # don't; new"])
    _ = bench.runner.run("seed 2; foo; seed 3")
    #expect(bench.session.cells.count == 2)
    let outcome = bench.runner.run("seed 2; fit 1; seed 3")
    #expect(outcome?.notes == ["1 command did not run: seed 3"])
    #expect(bench.session.cells.last?.line == "seed 2")
  }

  @Test func `the file of an interrupted line is written again when it is replayed`() throws {
    var bench = Bench(.compiled)
    bench.stopsAfter = 3
    bench.run("fit 9 64 > '\(folder["a b.csv"])'  # slow")
    #expect(bench.session.cells.last?.line == "fit 9 64 batches=3 > \"\(folder["a b.csv"])\"")
    var again = Bench(.compiled)
    again.run(bench.session.cells.last?.line ?? "")
    #expect(Learnt(again.session) == Learnt(bench.session))
  }

  @Test func `comments and blank lines stay with the command that follows them`() throws {
    var bench = Bench()
    let text = "# Title\n\nseed 3\n# next\nload digits train=20 test=10\n# the end\n\n"
    _ = bench.replay(try Script(file: folder.write("#!/usr/bin/env sumi\n" + text, to: "a.sumi")))
    #expect(bench.session.script == ["# Title", "", "seed 3", "# next", "load digits train=20 test=10", "# the end"])
    bench.run("undo")
    #expect(bench.session.script == ["# Title", "", "seed 3"])
  }
}
