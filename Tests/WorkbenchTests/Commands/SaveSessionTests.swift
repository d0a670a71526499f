import Testing

@testable import Workbench

@Suite("save session")
struct SaveSessionTests {
  /// Sessions that have to come back bit by bit: what was typed, and after which batch each `fit` was interrupted.
  struct Story: Sendable, CustomStringConvertible {
    let description: String
    var seed: UInt64 = 3
    var stopsAfter: Int?
    let lines: [String]
  }

  private static let start = ["load digits train=120 test=40", "add dense 8 relu", "add dense 10 softmax", "compile adam"]

  static let stories = [
    Story(description: "a plain session", lines: start + ["fit 2 32", "evaluate"]),
    Story(description: "an interrupted fit", stopsAfter: 5, lines: start + ["fit 9 32 validation=0.2"]),
    Story(description: "an interrupted fit with a condition", stopsAfter: 3, lines: start + ["fit 9 32 until=\"accuracy > 0.99\""]),
    Story(description: "fits that go on after an interrupted one", stopsAfter: 3, lines: start + ["fit 2 32", "fit 2 16 shuffle=no"]),
    Story(description: "a seed in the middle", lines: ["load digits train=120 test=40", "seed 5"] + start.dropFirst() + ["fit 1"]),
    Story(description: "a seed as the first line", lines: ["seed 5"] + start + ["fit 1 32"]),
    Story(description: "undo in between", lines: start + ["fit 1 32", "undo", "add dropout 0.5", "undo", "fit 2 16"]),
    Story(description: "undo and redo", lines: start + ["fit 1 32", "undo", "redo", "fit 1 16"]),
    Story(description: "layers removed and drawn anew", lines: start + ["remove 1", "add dense 10 softmax", "compile sgd momentum=0.9", "fit 1 32", "reset", "fit 1 32"]),
    Story(description: "quotes, continued lines and comments", lines: start.dropLast() + ["compile \"adam\" lr='0.01'  # fast", "fit 1 \\\n  32 \\\n  shuffle=yes"]),
    Story(description: "refused lines and inspections", lines: start + ["foo", "add dense -1", "fit 1 32", "show errors 2", "fit 0", "evaluate train"]),
  ]

  @Test("a saved session replays to the same bits", arguments: stories)
  func replays(_ story: Story) throws {
    let folder = try Folder()
    var bench = Bench(seed: story.seed)
    bench.stopsAfter = story.stopsAfter
    for line in story.lines { _ = bench.outcome(line) }
    #expect(bench.session.trainer?.steps ?? 0 > 0)
    bench.run("save session \(folder["work.sumi"])")
    var again = Bench(seed: 4711)
    let (ending, _) = again.replay(try Script(file: folder["work.sumi"]))
    let script = try folder.text("work.sumi")
    #expect(ending == .finished, "\(script)")
    #expect(Learnt(again.session) == Learnt(bench.session))
    #expect(again.session.evaluation == bench.session.evaluation)
    again.run("save session \(folder["again.sumi"])")
    #expect(try folder.text("again.sumi") == folder.text("work.sumi"))
  }

  @Test("a script that was run is saved as the lines that it ran")
  func scripts() throws {
    let folder = try Folder()
    try folder.write("# two lines\nseed 3\n\nset threads 2 # really\n", to: "part.sumi")
    var bench = Bench()
    bench.run("run \(folder["part.sumi"])")
    bench.run("save session \(folder["work.sumi"])")
    #expect(try folder.text("work.sumi") == "#!/usr/bin/env sumi\nseed 3\nset threads 2 # really\n")
  }

  @Test("a seed that was drawn is written, so that it need not be drawn again")
  func drawnSeed() throws {
    let folder = try Folder()
    var bench = Bench()
    bench = Bench(session: Session(seed: Seed(123_456, isDrawn: true)))
    bench.run("set threads 1")
    bench.run("save session \(folder["work.sumi"])")
    #expect(try folder.text("work.sumi") == "#!/usr/bin/env sumi\nseed 123456\nset threads 1\n")
  }
}
