import Foundation
import Glibc
import Testing

@Suite("A talk in a pseudo-terminal")
struct DemoTests {
  private let home: Home

  init() throws { home = try Home() }

  private static let talk = """
    #!/usr/bin/env sumi
    ## Data
    # First there is **data**.
    seed 7
    load digits train=600 test=100

    ## A network
    #: breathe
    # - one layer
    add dense 10 softmax
    compile rmsprop
    fit 1 64

    ## What it knows
    # ask: how many are right?
    evaluate
    # Thank you.

    """

  private func file(_ text: String = talk) throws -> String { try home.write(Array(text.utf8), to: "talk.sumi") }

  private func start(_ arguments: String..., text: String = talk) throws -> Terminal {
    let file = try file(text)
    let terminal = try Terminal("demo", file, "--speed", "100", environment: home.environment, more: arguments)
    return terminal
  }

  @Test func `it is given from start to end with Enter and Space, and questions are answered when asked`() throws {
    let terminal = try start()
    try terminal.expect("Data")
    try terminal.expect("First there is data.")
    try terminal.expect("1> ")
    try terminal.expect("seed 7")
    terminal.type("\r")
    try terminal.expect("2> load digits train=600 test=100")
    terminal.type(" ")
    try terminal.expect("digits: 600")
    try terminal.expect("• one layer")
    try terminal.expect("3> add dense 10 softmax")
    terminal.type("\r")
    try terminal.expect("compile rmsprop")
    terminal.type("\r")
    try terminal.expect("fit 1 64")
    terminal.type("\r")
    try terminal.expect("? how many are right?")
    try terminal.expect("6> evaluate")
    terminal.type("\r")
    let hidden = try terminal.expect("Enter shows the answer")
    #expect(!hidden.contains("accuracy"))
    terminal.type("\r")
    try terminal.expect("test: loss")
    try terminal.expect("Thank you.")
    #expect(!terminal.text.contains("breathe"))
    terminal.type("\r")
    try terminal.expect("the end")
    terminal.type("q")
    #expect(terminal.end() == 0)
  }

  @Test(arguments: ["summary", "report", "quit"]) func `who types a command that begins as a key does gets it whole`(
    command: String
  ) throws {
    let terminal = try start()
    try terminal.expect("seed 7")
    terminal.type(command)
    try terminal.expect("detour")
    try terminal.expect("1> \(command)")
    terminal.type("\u{15}continue\r")
    try terminal.expect("1> seed 7")
    terminal.type("sb")
    try terminal.expect("1> load digits")
    try terminal.expect("1> seed 7")
    terminal.type("q")
    #expect(terminal.end() == 0)
  }

  @Test func `a detour leaves no trace, steps go back with their state, and Ctrl-C in a fit keeps the talk`() throws {
    let text = DemoTests.talk.replacing("fit 1 64", with: "fit 1000000 64")
    let terminal = try start(text: text)
    for command in ["seed 7", "load digits train=600 test=100", "add dense 10 softmax", "compile rmsprop"] {
      try terminal.expect("> \(command)")
      terminal.type("\r")
    }
    try terminal.expect("5> fit 1000000 64")
    terminal.type("fit 1 32\r")
    try terminal.expect("1 epoch in")
    terminal.type("summary\r")
    try terminal.expect("7,850")
    terminal.type("continue\r")
    try terminal.expect("5> fit 1000000 64")
    terminal.type("\r")
    try terminal.expect("epoch 2/1000000")
    terminal.type("\u{3}")
    try terminal.expect("stopped in epoch")
    try terminal.expect("6> evaluate")
    terminal.type("b")
    try terminal.expect("5> fit 1000000 64")
    terminal.type("b")
    try terminal.expect("4> compile rmsprop")
    terminal.type("\r")
    try terminal.expect("5> fit 1000000 64")
    terminal.type("r")
    try terminal.expect("4> compile rmsprop")
    try terminal.expect("5> fit 1000000 64")
    terminal.type("s")
    try terminal.expect("evaluate")
    terminal.type("q")
    #expect(terminal.end() == 0)
  }

  @Test func `a number jumps to a heading with what lies before it done, and o lists them`() throws {
    let terminal = try start()
    try terminal.expect("seed 7")
    terminal.type("o")
    try terminal.expect("2  A network   3/7")
    try terminal.expect("1> seed 7")
    terminal.type("3")
    try terminal.expect("6> evaluate")
    terminal.type("\r")
    try terminal.expect("Enter shows the answer")
    terminal.type("\r")
    try terminal.expect("test: loss")
    terminal.type("1")
    try terminal.expect("1> seed 7")
    terminal.type("9")
    try terminal.expect("there is no heading 9")
    terminal.type("?")
    try terminal.expect("continue returns")
    terminal.type("q")
    #expect(terminal.end() == 0)
  }

  @Test func `a step that fails is shown, and can be gone back from`() throws {
    let terminal = try start(text: "load digits train=60 test=10\nfit 1 64\ndata\n")
    try terminal.expect("1> load digits train=60 test=10")
    terminal.type("\r")
    try terminal.expect("2> fit 1 64")
    terminal.type("\r")
    try terminal.expect("network has no layers yet")
    try terminal.expect("3> data")
    terminal.type("b")
    try terminal.expect("2> fit 1 64")
    terminal.type("q")
    #expect(terminal.end() == 0)
  }

  @Test func `a window that shrinks does no harm`() throws {
    let terminal = try start()
    try terminal.expect("1> seed 7")
    terminal.resize(columns: 24, rows: 8)
    terminal.type("\r")
    try terminal.expect("2> load digits train=600 test=100")
    terminal.resize(columns: 12, rows: 3)
    terminal.type("\r")
    try terminal.expect("• one")
    try terminal.expect("add dense 10 softmax")
    terminal.type("q")
    #expect(terminal.end() == 0)
  }

  @Test func `notes are shown when asked for, in the talk or elsewhere`() throws {
    let terminal = try start("--notes", "--notes-for", "\(home.path)/notes.txt")
    try terminal.expect("1> seed 7")
    terminal.type("2")
    try terminal.expect("» breathe")
    terminal.type("q")
    #expect(terminal.end() == 0)
    let notes = String(decoding: try home.read("notes.txt"), as: UTF8.self)
    #expect(notes.contains("3/7  A network") && notes.contains("breathe") && notes.contains("then: compile rmsprop"))
  }

  @Test func `it goes by itself, and says by its status whether all went well`() throws {
    let terminal = try start("--auto", "0.01")
    try terminal.expect("test: loss")
    #expect(terminal.end() == 0)
    let failing = try start("--auto", "0", text: "fit 1\n")
    #expect(failing.end() == 1)
  }

  @Test func `written into a file it is an asciicast, with all results`() throws {
    let run = try Binary(["demo", try file()], environment: home.environment)
    #expect(run.status == 0 && run.errors == "")
    let lines = run.output.split(separator: "\n")
    let header = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
    #expect(header?["version"] as? Int == 2 && header?["width"] as? Int == 80 && header?["title"] as? String == "Data")
    var (last, text) = (0.0, "")
    for line in lines.dropFirst() {
      let event = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
      let time = try #require((event[0] as? NSNumber)?.doubleValue)
      #expect(time >= last && event[1] as? String == "o")
      (last, text) = (time, text + (event[2] as? String ?? ""))
    }
    #expect(text.contains("test: loss") && text.contains("\r\n") && last > 10)
  }

  private static var talks: [String] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../../sessions/talks")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".sumi") }.sorted().map { folder.appendingPathComponent($0).standardized.path }
  }

  @Test(arguments: talks) func `each talk of the sessions is given from start to end`(talk: String) throws {
    let run = try Binary(["demo", talk], environment: home.environment)
    #expect(run.status == 0 && run.errors == "", "\(run.errors)")
  }

  @Test func `notes for the speaker are not shown when the script is only run`() throws {
    let run = try Binary([try file()], environment: home.environment)
    #expect(run.status == 0 && run.errors.contains("First there is") && !run.errors.contains("breathe"))
  }

  @Test(arguments: ["", "no.sumi"]) func `what is no talk is refused`(name: String) throws {
    let path = try home.write([], to: "empty.sumi")
    let run = try Binary(["demo", name.isEmpty ? path : "\(home.path)/\(name)"], environment: home.environment)
    #expect(run.status == 1 && run.errors.hasPrefix("error: "))
  }

  @Test func `a recording that cannot be written is told, and the status is 1`() throws {
    let run = try Binary(["demo", try file(), "--auto", "0"], environment: home.environment, output: "/dev/full")
    #expect(run.status == 1)
    #expect(run.errors.contains("error: standard output cannot be written: No space left on device"), "\(run.errors)")
  }
}
