import Foundation
import Grammar
import TestSupport
import Testing

@testable import Workbench

/// An observer that notes what it reads.
private final class Reader: RunObserver {
  var told: [String] = []
  var preferences = Preferences()

  func didPass(_ narration: String, _ session: Session) { told.append("\(narration) \(preferences.settings.colour)") }

  func willRun(_ statement: Statement, _ session: Session) {
    #expect(statement.isAnnounced)
    told.append("\(statement.line) \(preferences.settings.colour)")
  }

  func didRun(_ outcome: Outcome, _ session: Session) {
    told.append("\(outcome.line.count) \(preferences.settings.colour)")
  }
}

@Suite("Scripts")
struct ScriptTests {
  /// Text, bytes behind it that are none, and where they stand.
  static let notText: [(String, [UInt8], String)] = [
    ("seed 1\nseé", [0xFF, 0x0A], "2:4"), ("", [0xC3, 0x28], "1:1"), ("é\r\n", [0x80], "2:1"),
    ("\u{FFFD}ab\nx", [0xED, 0xA0, 0x80], "2:2"), ("ab", [0xE6, 0xBC], "1:3"), ("", [0xFF, 0xFE, 0x73, 0x00], "1:1"),
  ]

  private let folder: Folder

  init() throws { folder = try Folder() }

  private func diagnostic(_ script: Script) throws -> Diagnostic {
    var bench = Bench()
    return try #require(bench.replay(script).shown.last?.diagnostic)
  }

  private func first(_ diagnostic: Diagnostic) -> String { diagnostic.lines[0].text }

  @Test(
    "a byte order mark, CRLF, a first line for the shell and a missing last line break are accepted",
    arguments: [
      "\u{FEFF}seed 1\nset threads 2\n", "seed 1\r\nset threads 2\r\n", "#!/usr/bin/env sumi\nseed 1\nset threads 2",
      "\n\n  seed 1   # one\n\t\nset \\\n  threads 2", "seed \\\r\n1\r\nset threads 2",
      "\u{FEFF}#!/usr/bin/env sumi\r\nseed 1\r\nset threads 2",
    ])
  func accepted(text: String) throws {
    var bench = Bench()
    let (ending, shown) = bench.replay(try Script(file: folder.write(text, to: "a.sumi")))
    #expect(ending == .finished)
    #expect(shown.count == 2)
    #expect(bench.session.seed.number == 1)
    #expect(bench.settings.threads == 2)
  }

  @Test("at the prompt a comment ends with its line, whatever is in it") func typedComment() {
    var bench = Bench(.loaded)
    for line in ["# try this; new", "data # small; quick", "seed 1; # it's so; new"] { bench.run(line) }
    #expect(bench.session.cells.map(\.line).suffix(1) == ["seed 1"] && bench.session.dataset != nil)
  }

  @Test("several commands on a line of a script are told to be that") func semicolons() throws {
    let path = try folder.write("load digits train=4 test=4; data\n", to: "a.sumi")
    let mistakes = try Script(file: path).validate(Bench().host())
    #expect(mistakes.map(\.hint) == ["a line for each command: ; parts them only at the prompt and in -c"])
  }

  @Test("bytes that are not UTF-8 are refused with line and column", arguments: ScriptTests.notText)
  func notUTF8(good: String, bad: [UInt8], place: String) throws {
    let path = try folder.write(Array(good.utf8) + bad, to: "a.sumi")
    let refusal = #expect(throws: Refusal.self) { try Script(file: path) }
    #expect(refusal?.message == "\(path):\(place): not UTF-8, so it cannot be a script")
  }

  @Test("a file that cannot be a script is refused by name")
  func noScript() throws {
    let missing = #expect(throws: Refusal.self) { try Script(file: folder["none.sumi"]) }
    #expect(missing?.message == "\(folder["none.sumi"]) cannot be read: No such file or directory")
    let isFolder = #expect(throws: Refusal.self) { try Script(file: folder.path) }
    #expect(isFolder?.message == "\(folder.path) is a folder")
    try folder.write("", to: "large.sumi")
    #expect(truncate(folder["large.sumi"], 17 << 20) == 0)
    let large = #expect(throws: Refusal.self) { try Script(file: folder["large.sumi"]) }
    #expect(large?.message == "\(folder["large.sumi"]) has 17825792 bytes; expected at most 16777216")
  }

  @Test("the whole script is read before its first line runs")
  func readFirst() throws {
    var bench = Bench()
    let path = try folder.write("seed 1\nset threads 2\nadd dnse 5\n", to: "a.sumi")
    let (ending, shown) = bench.replay(try Script(file: path))
    #expect(ending == .diagnostic)
    #expect(bench.session.cells == [])
    #expect(shown.count == 1)
    #expect(
      shown.last?.diagnostic?.lines.map(\.text) == [
        "\(path):3: error: no layer is called \"dnse\"; did you mean dense?", "  add dnse 5", "      ^~~~",
      ])
  }

  @Test(
    "a mistake is shown with the number and the text of its own line, continued lines too",
    arguments: [
      ("seed 1\n\n# no\nfoo 5\n", 4, "foo 5", "^~~"), ("seed \\\n  x\n", 2, "x", "  ^"),
      ("set \\\n \\\n  threads \\\n  none # so\n", 4, "none # so", "  ^~~~"),
      ("seed 1\r\nset \\\r\n threads x\r\n", 3, "threads x", "         ^"),
      ("# c:\\\nfoo\n", 2, "foo", "^~~"),
    ])
  func places(text: String, line: Int, shown: String, caret: String) throws {
    let path = try folder.write(text, to: "a.sumi")
    let lines = try diagnostic(Script(file: path)).lines.map(\.text)
    #expect(lines[0].hasPrefix("\(path):\(line): error: "))
    #expect(lines[1].hasSuffix(shown))
    #expect(lines[2].hasSuffix(caret))
  }

  @Test("a line that fails while it runs stops the script, with its place; the lines before it stay done")
  func failsLate() throws {
    var bench = Bench()
    let path = try folder.write("seed 1\n\nfit \\\n 1\nseed 2\n", to: "a.sumi")
    let (ending, shown) = bench.replay(try Script(file: path))
    #expect(ending == .diagnostic)
    #expect(shown.map { $0.diagnostic == nil } == [true, false])
    #expect(
      shown.last?.diagnostic?.lines.map(\.text) == [
        "\(path):3: error: there is no data set yet", "  try: load digits",
      ])
    #expect(bench.session.cells.map(\.line) == ["seed 1"])
  }

  @Test("a script that runs itself is refused: directly, through another, through a link")
  func runsItself() throws {
    let own = try folder.write("run \(folder["own.sumi"])\n", to: "own.sumi")
    #expect(first(try diagnostic(Script(file: own))) == "\(own):1: error: \(own) would run itself without end")
    try folder.write("run \(folder["b.sumi"])\n", to: "a.sumi")
    try folder.write("seed 1\nrun \(folder["a.sumi"])\n", to: "b.sumi")
    #expect(
      first(try diagnostic(Script(file: folder["a.sumi"])))
        == "\(folder["b.sumi"]):2: error: \(folder["a.sumi"]) would run itself without end")
    try FileManager.default.createSymbolicLink(atPath: folder["link.sumi"], withDestinationPath: folder["c.sumi"])
    try folder.write("run \(folder["link.sumi"])\n", to: "c.sumi")
    #expect(first(try diagnostic(Script(file: folder["c.sumi"]))).contains("would run itself without end"))
  }

  @Test("scripts inside scripts have an end")
  func deep() throws {
    for level in 0..<20 { try folder.write("run \(folder["\(level + 1).sumi"])\n", to: "\(level).sumi") }
    try folder.write("seed 1\n", to: "20.sumi")
    #expect(first(try diagnostic(Script(file: folder["0.sumi"]))).contains("at most 16 are allowed"))
    var bench = Bench()
    #expect(bench.replay(try Script(file: folder["10.sumi"])).ending == .finished)
    #expect(bench.session.seed.number == 1)
  }

  @Test("run at the prompt keeps what ran before the mistake, and undo takes it back line by line")
  func runs() throws {
    var bench = Bench()
    try folder.write("seed 1\nseed 2\nfit 1\nseed 9\n", to: "a.sumi")
    let outcome = bench.outcome("run \(folder["a.sumi"])")
    #expect(outcome?.diagnostic?.message == "there is no data set yet")
    #expect(outcome?.json.text.contains(#""ok":false"#) == true)
    #expect(bench.session.cells.map(\.line) == ["seed 1", "seed 2"])
    bench.run("undo")
    #expect(bench.session.cells.map(\.line) == ["seed 1"])
  }

  @Test("quit ends a script, and the scripts around it")
  func quits() throws {
    try folder.write("seed 1\nquit\nseed 2\n", to: "a.sumi")
    try folder.write("run \(folder["a.sumi"])\nseed 3\n", to: "b.sumi")
    var bench = Bench()
    let (ending, _) = bench.replay(try Script(file: folder["b.sumi"]))
    #expect(ending == .quit)
    #expect(bench.session.cells.map(\.line) == ["seed 1"])
  }

  @Test(
    "; separates the commands of -c outside quotes, and so does a line break",
    arguments: [
      ("seed 1; seed 2", ["seed 1", "seed 2"]), ("seed 1;;; ;seed 2;", ["seed 1", "seed 2"]),
      ("seed 1\nseed 2", ["seed 1", "seed 2"]), ("seed \\\n1", ["seed \\\n1"]), ("help ';'", ["help ';'"]),
      ("help \"a;b'\"; seed 2", ["help \"a;b'\"", "seed 2"]), ("", []),
      ("seed 1 # don't; seed 2", ["seed 1 # don't", "seed 2"]), ("# it's; seed 1", ["# it's", "seed 1"]),
      ("# it's; fine\nseed 1 # isn't; no\nseed 2", ["# it's; fine", "seed 1 # isn't; no", "seed 2"]),
      ("# c:\\\nseed 1", ["# c:\\", "seed 1"]), ("help a#b;c", ["help a#b", "c"]),
    ])
  func separated(commands: String, lines: [String]) {
    let script = Script(name: "-c", commands: commands)
    #expect(script.entries.map(\.text).filter { !$0.isEmpty } == lines)
  }

  @Test("every line of a file is told before it runs, comments too, and how things look then")
  func announces() throws {
    var bench = Bench()
    let reader = Reader()
    reader.preferences = bench.runner.host.preferences
    bench.runner.observers = [reader]
    let script = try Script(file: folder.write("# why\nset \\\n colour yes\nseed 1\n", to: "a.sumi"))
    bench.runner.run(script)
    #expect(reader.told == ["# why auto", "set \\\n colour yes auto", "17 yes", "seed 1 yes", "6 yes", " yes"])
  }
}
