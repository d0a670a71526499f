import Foundation
import TestSupport
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

  private static let start = [
    "load digits train=120 test=40", "add dense 8 relu", "add dense 10 softmax", "compile adam",
  ]

  static let stories = [
    Story(description: "a plain session", lines: start + ["fit 2 32", "evaluate"]),
    Story(description: "an interrupted fit", stopsAfter: 5, lines: start + ["fit 9 32 validation=0.2"]),
    Story(
      description: "an interrupted fit with a condition", stopsAfter: 3,
      lines: start + ["fit 9 32 until=\"accuracy > 0.99\""]),
    Story(
      description: "fits that go on after an interrupted one", stopsAfter: 3,
      lines: start + ["fit 2 32", "fit 2 16 shuffle=no"]),
    Story(
      description: "a seed in the middle",
      lines: ["load digits train=120 test=40", "seed 5"] + start.dropFirst() + ["fit 1"]),
    Story(description: "a seed as the first line", lines: ["seed 5"] + start + ["fit 1 32"]),
    Story(description: "undo in between", lines: start + ["fit 1 32", "undo", "add dropout 0.5", "undo", "fit 2 16"]),
    Story(description: "undo and redo", lines: start + ["fit 1 32", "undo", "redo", "fit 1 16"]),
    Story(
      description: "layers removed and drawn anew",
      lines: start + ["remove 1", "add dense 10 softmax", "compile sgd momentum=0.9", "fit 1 32", "reset", "fit 1 32"]),
    Story(
      description: "quotes, continued lines and comments",
      lines: start.dropLast() + ["compile \"adam\" lr='0.01'  # fast", "fit 1 \\\n  32 \\\n  shuffle=yes"]),
    Story(
      description: "refused lines and inspections",
      lines: start + ["foo", "add dense -1", "fit 1 32", "show errors 2", "fit 0", "evaluate train"]),
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
    try folder.write("# two lines\nseed 3\n\nseed 4 # really\n# the end\n", to: "part.sumi")
    var bench = Bench()
    bench.run("run \(folder["part.sumi"])")
    bench.run("save session \(folder["work.sumi"])")
    #expect(try folder.text("work.sumi") == "#!/usr/bin/env sumi\n# two lines\nseed 3\n\nseed 4 # really\n# the end\n")
  }

  @Test("a seed that was drawn is written, so that it need not be drawn again")
  func drawnSeed() throws {
    let folder = try Folder()
    var bench = Bench()
    bench = Bench(session: Session(seed: Seed(123_456, isDrawn: true)))
    bench.run("load digits train=20 test=10")
    bench.run("save session \(folder["work.sumi"])")
    #expect(try folder.text("work.sumi") == "#!/usr/bin/env sumi\nseed 123456\nload digits train=20 test=10\n")
  }

  /// What a script is that tells what it does.
  private static let narrated = """
    #!/usr/bin/env sumi
    # # Digits
    #
    # Written by **code**.

    seed 3   # the same for all
    load digits train=20 test=10

    # The end.

    """

  @Test func `a narrated script that was run and is saved over itself keeps its text`() throws {
    let folder = try Folder()
    let path = try folder.write(SaveSessionTests.narrated, to: "talk.sumi")
    var bench = Bench()
    bench.run("run \(path)")
    bench.run("save session \(path)")
    #expect(try folder.text("talk.sumi") == SaveSessionTests.narrated)
  }

  @Test func `a file that this session neither made nor read is not replaced, unless that is forced`() throws {
    let folder = try Folder()
    for (line, name) in [("save session", "a.sumi"), ("save session", "a.md"), ("save weights", "a.safetensors")] {
      let path = try folder.write("another's work", to: name)
      var bench = Bench(.trained)
      let diagnostic = try bench.refuse("\(line) \(path)")
      #expect(diagnostic.message == "\(path) is there already, and this session neither made nor read it")
      #expect(diagnostic.nextLine == "\(line) \(path) force=yes")
      #expect(try folder.text(name) == "another's work")
      #expect(bench.session.hasUnsavedTraining)
      bench.run("\(line) \(path) force=yes")
      bench.run("undo")
      bench.run("\(line) \(path)")
      #expect(try folder.bytes(name) != Array("another's work".utf8))
    }
  }

  @Test func `a file that somebody changed since is not replaced either`() throws {
    let folder = try Folder()
    let path = try folder.write("seed 3\n", to: "a.sumi")
    var bench = Bench()
    bench.run("run \(path)")
    try folder.write("seed 3\n# edited meanwhile\n", to: "a.sumi")
    #expect(
      try bench.refuse("save session \(path)").message == "\(path) has changed since this session made or read it")
    bench.run("save session \(path) force=yes")
    bench.run("save session \(path)")
  }

  @Test func `preferences are not saved, not undone and no cell, so seed stays first`() throws {
    let folder = try Folder()
    var bench = Bench()
    for line in ["set colour no", "set threads 2", "seed 5", "set hints no"] { bench.run(line) }
    #expect(bench.session.cells.map(\.line) == ["seed 5"])
    bench.run("undo")
    #expect(bench.settings.colour == .no && bench.settings.threads == 2 && !bench.settings.hints)
    bench.run("redo")
    bench.run("save session \(folder["a.sumi"])")
    #expect(try folder.text("a.sumi") == "#!/usr/bin/env sumi\nseed 5\n")
  }

  @Test func `a session of a script from elsewhere finds the script's files wherever it is saved`() throws {
    let folder = try Folder()
    try FileManager.default.createDirectory(atPath: folder["sub"], withIntermediateDirectories: false)
    var bench = Bench(.trained)
    bench.run("save weights \(folder["sub/good.safetensors"])")
    let lines = Bench.lines.flatMap(\.lines) + ["load weights good.safetensors  # learnt", "evaluate > \"a b.json\""]
    try folder.write(lines.joined(separator: "\n") + "\n", to: "sub/main.sumi")
    var other = Bench()
    other.run("run \(folder["sub/main.sumi"])")
    for name in ["outside.sumi", "sub/inside.sumi"] {
      other.run("save session \(folder[name])")
      var again = Bench()
      #expect(again.replay(try Script(file: folder[name])).ending == .finished)
      #expect(again.session.network?.values == bench.session.network?.values)
    }
    #expect(
      try folder.text("sub/inside.sumi").contains(
        "\nload weights good.safetensors  # learnt\nevaluate > \"a b.json\"\n"))
  }

  @Test func `a session as Markdown has narration, commands and results`() throws {
    let folder = try Folder()
    try folder.write("# # Talk\n# by *me*\nseed 3\nload digits train=20 test=10\ndata\n", to: "a.sumi")
    var bench = Bench()
    bench.run("run \(folder["a.sumi"])")
    bench.run("save session \(folder["talk.md"])")
    let text = try folder.text("talk.md")
    #expect(text.hasPrefix("# Talk\nby *me*\n\n```sumi\nseed 3\n```\n"))
    #expect(text.contains("```sumi\ndata\n```\n"))
    #expect(text.contains("digits"))
    bench.run("save session \(folder["talk.html"])")
    let page = try folder.text("talk.html")
    #expect(page.contains("<h1>Talk</h1>") && page.contains("<p>by <em>me</em></p>") && !page.contains("<h2"))
  }
}
