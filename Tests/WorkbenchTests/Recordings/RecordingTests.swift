import TestSupport
import Testing

@testable import Workbench

@Suite struct RecordingTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private static let script = """
    #!/usr/bin/env sumi
    # tolerance: printed digits
    seed 7
    load digits train=300 test=100
    data

    # A network.
    add dense 10 \\
      softmax
    compile rmsprop
    fit 1 64
    evaluate
    confusion
    """

  private func file(_ text: String = script, _ name: String = "a.sumi") throws -> String {
    try folder.write(text, to: name)
    return folder[name]
  }

  private func record(_ path: String) throws -> Recording { try Recording(file: path, Bench().runner) }

  private func check(_ path: String) throws -> Check { try Check(file: path, Bench().runner) }

  @Test func `a recorded script is still a script, and agrees with itself`() throws {
    let path = try file()
    #expect(try record(path).commands == 8)
    let text = try folder.text("a.sumi")
    #expect(
      text.contains("fit 1 64\n#| 1 epoch in") && text.contains("#| test: loss") && text.contains("  softmax\n#| "))
    #expect(text.hasPrefix("#!/usr/bin/env sumi\n# tolerance") && !text.hasSuffix("\n\n"))
    let plain = try Script(name: "a", bytes: Array(RecordingTests.script.utf8))
    #expect(try Script(file: path).lines == plain.lines)
    let check = try check(path)
    #expect(check.passes && check.isRecorded && check.commands == 8, "\(check.differences)")
    #expect(try record(path).mistakes.isEmpty)
    #expect(try folder.text("a.sumi") == text, "recorded again it is the same")
  }

  @Test func `a digit that was changed is a difference with its place`() throws {
    let path = try file()
    _ = try record(path)
    let text = try folder.text("a.sumi")
    let changed = try #require(text.firstRange(of: "#| test: loss "))
    let digit = text[changed.upperBound...].dropFirst(3).first == "1" ? "2" : "1"
    try folder.write(
      text[..<changed.upperBound] + text[changed.upperBound...].prefix(3) + digit
        + text[changed.upperBound...].dropFirst(4),
      to: "a.sumi")
    let check = try check(path)
    let line = text[..<changed.lowerBound].count { $0 == "\n" }
    #expect(check.differences.map(\.place) == ["\(path):\(line)"] && check.differences[0].command == "evaluate")
    let shown = check.differences[0].lines.map(\.text)
    #expect(
      shown.count == 3 && shown[1].hasPrefix("  - test: loss") && shown[2].hasPrefix("  + test: loss"), "\(shown)")
    #expect(check.json.text.contains("\"ok\":false") && Check.junit([check]).contains("failures=\"1\""))
    try check.update()
    #expect(try folder.text("a.sumi") == text)
  }

  @Test func `a recorded … stands for whatever follows, and is recorded again as it stands`() throws {
    let path = try file()
    _ = try record(path)
    let lines = try folder.text("a.sumi").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex(of: "confusion"))
    let open = (lines[...start] + ["#| …"] + (lines.last == "" ? [""] : [])).joined(separator: "\n")
    try folder.write(open, to: "a.sumi")
    #expect(try check(path).passes)
    #expect(try record(path).mistakes.isEmpty)
    #expect(try folder.text("a.sumi") == open)
    try folder.write(open.replacing("#| …", with: "#| not this\n#| …"), to: "a.sumi")
    #expect(try !check(path).passes)
    // Behind a picture that may look different, too.
    let spared = open.replacing("printed digits", with: "across machines").replacing("#| …", with: "#| true\n#| …")
    try folder.write(spared, to: "a.sumi")
    #expect(try check(path).passes)
  }

  @Test func `a script whose published set is not there is skipped by name, and nothing runs`() throws {
    let path = try file("load kmnist\n#| …\nadd dense 10 softmax\n#| something else\n")
    var runner = Bench().runner
    runner.host.environment = ["SUMI_OFFLINE": "1", "HOME": folder.path]
    let check = try Check(file: path, runner)
    #expect(check.lacking == "kmnist" && check.passes && check.differences.isEmpty)
    #expect(check.json.text.hasSuffix(#","lacking":"kmnist"}"#))
    let report = Check.junit([check])
    #expect(report.contains(#"skipped="1""#) && report.contains(#"<skipped message="kmnist is not on this machine"/>"#))
    #expect(try self.check(try file()).lacking == nil)
  }

  @Test(arguments: [("evaluate\n", "evaluate\ndata\n"), ("confusion\n", "confusion\n#| one line more\n")])
  func `what was edited by hand is a difference`(part: String, edited: String) throws {
    let path = try file()
    _ = try record(path)
    try folder.write(try folder.text("a.sumi").replacing(part, with: edited), to: "a.sumi")
    #expect(try !check(path).passes)
  }

  @Test func `CRLF stays, and so does a file without a line break at its end`() throws {
    let path = try file("seed 7\r\nload digits train=30 test=10\r\ndata")
    _ = try record(path)
    let text = try folder.text("a.sumi")
    #expect(
      text.unicodeScalars.count { $0 == "\n" } == text.unicodeScalars.count { $0 == "\r" } && text.contains("\r\n#| "))
    #expect(try check(path).passes)
    let plain = try file("seed 7\nnew", "b.sumi")
    _ = try record(plain)
    #expect(try check(plain).passes)
    #expect(try Script(file: plain).lines == ["seed 7", "new"])
  }

  @Test func `an output that looks like a recorded line, or ends in a backslash, stays what it is`() throws {
    try folder.write("#| x", to: "x.txt")
    let path = try file("seed 7\n#| #| 1 \\\nload digits train=30 test=10\n# a comment that ends so \\\ncells\n")
    _ = try record(path)
    #expect(try check(path).passes)
    #expect(try Script(file: path).lines.contains("load digits train=30 test=10"))
    let script = try RecordedScript(file: path)
    #expect(script.parts.allSatisfy { $0.recorded.allSatisfy { !$0.hasPrefix("#|") } })
  }

  @Test func `a recording that the next replay cannot repeat is told, with the seed that would`() throws {
    let bare = try file("load digits train=64 test=32\nadd dense 10 softmax\n", "bare.sumi")
    let drawn = Bench(session: Session(seed: Seed(5, isDrawn: true))).runner
    #expect(try Recording(file: bare, drawn).warning?.hasSuffix("begin with: seed 5") == true)
    #expect(try Recording(file: try file("data digits\n".replacing("data ", with: "load ")), drawn).warning == nil)
    #expect(try Recording(file: try file(), drawn).warning == nil)
  }

  @Test func `a script that fails is not recorded`() throws {
    let text = "seed 7\nfit 1\n"
    let path = try file(text)
    #expect(try record(path).mistakes.count == 1)
    #expect(try folder.text("a.sumi") == text)
    #expect(try !check(path).passes)
  }

  @Test func `a tolerance that is none is refused, and so is a file that is not there`() throws {
    let path = try file("# tolerance: some\nseed 1\n")
    #expect(throws: (any Error).self) { try check(path) }
    #expect(throws: (any Error).self) { try check(folder["none.sumi"]) }
  }

  @Test func `a hundred thousand lines are recorded and checked in seconds`() throws {
    let path = try file(String(repeating: String(repeating: "# words\n", count: 199) + "seed 7\n", count: 500))
    let start = ContinuousClock.now
    #expect(try record(path).commands == 500)
    #expect(try check(path).passes)
    let time = ContinuousClock.now - start
    #expect(time < .seconds(60), "\(time)")
  }

  @Test func `across machines a picture may look different, and what is around it may not`() throws {
    let path = try file(RecordingTests.script.replacing("printed digits", with: "across machines"))
    _ = try record(path)
    let text = try folder.text("a.sumi")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "confusion"))
    let sentence = try #require(lines.last { $0.hasPrefix("#| ") })
    try folder.write((lines[...start] + ["#| another picture", sentence]).joined(separator: "\n") + "\n", to: "a.sumi")
    let check = try check(path)
    #expect(check.passes, "\(check.differences)")
  }

  @Test(arguments: 0..<40) func `whatever is done to a recorded file, it is read or refused`(seed: Int) throws {
    let path = try file("seed 7\nload digits train=30 test=10\ndata\n# x\n")
    _ = try record(path)
    var bytes = Array(try folder.text("a.sumi").utf8)
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    for _ in 0..<4 where !bytes.isEmpty {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let place = Int(state >> 33) % bytes.count
      if state & 1 == 0 {
        bytes.remove(at: place)
      } else {
        bytes.insert(Array("#|\\\n\r\"".utf8)[Int(state >> 8) % 6], at: place)
      }
    }
    try folder.write(bytes, to: "a.sumi")
    _ = try? check(path)
    _ = try? record(path)
  }
}
