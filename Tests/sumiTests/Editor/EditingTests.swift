import Glibc
import Testing

@Suite("Editing on a terminal")
struct EditingTests {
  private static let answer = "Ends the program."

  /// Types at a fresh prompt and waits for what `help quit` says.
  private func answers(_ keys: String..., environment: [String: String] = [:]) throws {
    let terminal = try Terminal("--quiet", environment: environment)
    try terminal.expect("1> ")
    for key in keys { terminal.type(key) }
    try terminal.expect(EditingTests.answer)
    try terminal.expect("2> ")
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(!terminal.text.contains("error:"))
  }

  @Test("→ takes the suggestion, a word of it with Ctrl-→ or Alt-F, and so do End and Ctrl-E", arguments: [
    "\u{1b}[C", "\u{1b}OC", "\u{1b}[F", "\u{5}", "\u{6}", "\u{1b}[1;5C", "\u{1b}f",
  ])
  func takes(key: String) throws {
    let home = try Home()
    try home.write(Array("1700000000\thelp quit\n".utf8), to: ".local/state/sumi/history")
    try answers("hel", "p", key, "\r", environment: home.environment)
  }

  @Test("the suggestion is grey, and in ‹ › without colour")
  func grey() throws {
    let terminal = try Terminal("--quiet")
    try terminal.expect("load digits")
    #expect(terminal.raw.contains("\u{1b}[2mload digits\u{1b}[0m"))
    let plain = try Terminal("--quiet", environment: ["NO_COLOR": "1"])
    try plain.expect("‹load digits›")
  }

  @Test("Tab completes what is certain, and lists the rest with help")
  func completes() throws {
    let terminal = try Terminal("--quiet")
    try terminal.expect("1> ")
    terminal.type("hel\tqui\t\r")
    try terminal.expect(EditingTests.answer)
    try terminal.expect("2> ")
    terminal.type("set \t")
    try terminal.expect("When to use colours.")
    terminal.type("prom\tsh\t\r")
    try terminal.expect("3> ")
    terminal.type("\u{1b}[A")
    try terminal.expect("set prompt short")
  }

  @Test("vi keys edit the line after set keys vi, and with ~/.editrc", arguments: [true, false])
  func vi(isSet: Bool) throws {
    let home = try Home()
    if !isSet { try home.write(Array("sumi:bind -v\n".utf8), to: ".editrc") }
    let terminal = try Terminal("--quiet", environment: home.environment)
    try terminal.expect("1> ")
    if isSet {
      terminal.type("set keys vi\r")
      try terminal.expect("2> ")
    }
    terminal.type("xhelp quit")
    terminal.type("\u{1b}")
    try terminal.settle()
    terminal.type("0x\r")
    try terminal.expect(EditingTests.answer)
    terminal.type("rubbish\u{1b}")
    try terminal.settle()
    terminal.type("\u{3}")
    try terminal.expect("^C")
  }

  @Test("a key of ~/.editrc has the last word")
  func editrc() throws {
    let home = try Home()
    let lines = "sumi:bind ^T ed-delete-prev-char\nother:bind ^M ed-insert\nbind -s ^P quit\n"
    try home.write(Array(lines.utf8), to: ".editrc")
    try answers("help quitt\u{14}\r", environment: home.environment)
    try answers("help \u{10}\r", environment: home.environment)
  }

  @Test("the line is edited in $EDITOR, and comes back to be run")
  func outside() throws {
    let home = try Home()
    let editor = try home.write(Array("#!/bin/sh\necho 'help quit' > \"$1\"\n".utf8), to: "editor", mode: 0o755)
    let environment = home.environment.merging(["EDITOR": editor, "PATH": "/bin:/usr/bin"]) { $1 }
    try answers("hel\u{18}\u{5}", "\r", environment: environment)
    let terminal = try Terminal("--quiet", environment: ["VISUAL": "false", "PATH": "/bin:/usr/bin"])
    try terminal.expect("1> ")
    terminal.type("help qui\u{18}\u{5}")
    try terminal.expect("the editor failed: false")
    terminal.type("t\r")
    try terminal.expect(EditingTests.answer)
  }

  @Test("edit opens the session's lines, and what comes back runs")
  func edit() throws {
    let home = try Home()
    let editor = try home.write(Array("#!/bin/sh\necho 'help quit' >> \"$1\"\n".utf8), to: "editor", mode: 0o755)
    let terminal = try Terminal(
      "--quiet", environment: home.environment.merging(["EDITOR": editor, "PATH": "/bin:/usr/bin"]) { $1 })
    try terminal.expect("1> ")
    terminal.type("seed 5\r")
    try terminal.expect("2> ")
    terminal.type("edit\r")
    try terminal.expect(EditingTests.answer)
    try terminal.expect("1 command kept, 1 run")
  }

  @Test("a pasted transcript runs as if it had been typed, and its last line waits to be edited")
  func pasted() throws {
    let terminal = try Terminal("--quiet")
    try terminal.expect("1> ")
    terminal.type("\u{1b}[200~1> seed 5\r\n2> help \\\rquit\r\nEnds the program.\r\n3> help qui\u{1b}[201~")
    try terminal.expect(EditingTests.answer)
    try terminal.expect("3> ")
    terminal.type("t\r")
    try terminal.expect(EditingTests.answer)
    try terminal.expect("4> ")
    terminal.type("cells\r")
    try terminal.expect("seed 5")
    #expect(!terminal.text.contains("error:"))
  }

  @Test("a paste into the middle of a line stays there, and its control characters are left out")
  func pastedInto() throws {
    try answers("help it\u{1b}[D\u{1b}[D", "\u{1b}[200~q\u{7}\u{1b}u\u{1b}[201~", "\r")
  }

  @Test("the search runs what it finds, and Ctrl-G and Ctrl-C give it up", arguments: ["\u{7}", "\u{3}"])
  func searches(key: String) throws {
    let home = try Home()
    let lines = "1700000000\thelp quit\n1700000000\thelp 計算\n1700000000\tseed 3\n"
    try home.write(Array(lines.utf8), to: ".local/state/sumi/history")
    try answers("\u{12}quit\r", environment: home.environment)
    let terminal = try Terminal("--quiet", environment: home.environment)
    try terminal.expect("1> ")
    terminal.type("\u{12}計")
    try terminal.expect("search ‹計›")
    terminal.type(key)
    try terminal.expect("1> ")
    terminal.type("help quit\r")
    try terminal.expect(EditingTests.answer)
  }

  @Test("a line of a million characters is read, refused and forgotten", arguments: [true, false])
  func endless(isPasted: Bool) throws {
    let home = try Home()
    let terminal = try Terminal("--quiet", environment: home.environment)
    try terminal.expect("1> ")
    let line = "help " + String(repeating: "x", count: 1_000_000)
    terminal.type(isPasted ? "\u{1b}[200~\(line)\u{1b}[201~" : line)
    terminal.type("\r")
    try terminal.expect("there is no help on")
    terminal.type("help quit\r")
    try terminal.expect(EditingTests.answer)
    #expect(try home.read(".local/state/sumi/history").count < 100)
  }

  @Test("control bytes in a line are shown escaped, never as they are")
  func controls() throws {
    let terminal = try Terminal("--quiet")
    try terminal.expect("1> ")
    terminal.type("help \u{16}\u{1b}[31mred\r")
    try terminal.expect("there is no help on \"\\u{1b}[31mred\"")
    #expect(!terminal.raw.contains("\u{1b}[31mred"))
  }

  @Test("keys with a meaning have it, keys without one type nothing", arguments: [
    "xhelp qui\u{1b}[H\u{1b}[3~\u{1b}[Ft", "xhelp qui\u{1b}OH\u{1b}[3~\u{1b}OFt",
    "xhelp qui\u{1b}[1~\u{1b}[3~\u{1b}[4~t",
    "help quit rubbish\u{1b}[1;5D\u{1b}[3;5~\u{7f}", "qui\u{1b}Odhelp \u{1b}OFt",
    "\u{1b}[57u\u{7f}help quit\u{1b}[57414u",
    "he\u{1b}[5~l\u{1b}[6~p\u{1b}[15~ \u{1b}[2~q\u{1b}[1;5Au\u{1b}[13;2ui\u{1b}[M !!\u{1b}[<0;1;1Mt",
    "he\u{1b}[[Al\u{1b}OPp \u{1b}[5^q\u{1b}[5$u\u{1b}[Ii\u{1b}[Ot", "he\u{1b}]52;c;eA==\u{7}l\u{1b}P+q\u{1b}\\p quit",
  ])
  func keys(typed: String) throws { try answers(typed, "\r") }

  @Test("a sequence that never ends is swallowed, and the line goes on")
  func unfinished() throws {
    let terminal = try Terminal("--quiet")
    try terminal.expect("1> ")
    for piece in ["he\u{1b}[1;", "l\u{1b}[", "p \u{1b}O", "quit\u{1b}[<0;1", "\r"] {
      terminal.type(piece)
      usleep(700_000)
    }
    try terminal.expect(EditingTests.answer)
    #expect(!terminal.text.contains("error:"))
  }

  @Test("a paste of a megabyte runs in three seconds, or ends with Ctrl-C", arguments: [false, true])
  func longPaste(isEnded: Bool) throws {
    let terminal = try Terminal("--quiet", "--no-color")
    try terminal.expect("1> ")
    terminal.type("set pager no\r")
    try terminal.expect("2> ")
    let line = "# " + String(repeating: "narration ", count: 100) + "\n"
    let clock = ContinuousClock()
    let start = clock.now
    let text = String(repeating: line, count: 1000) + (isEnded ? "seed 1\u{3}seed 2\n" : "")
    terminal.type("\u{1b}[200~\(text)\u{1b}[201~help quit\r")
    try terminal.expect(EditingTests.answer)
    let seconds = (clock.now - start) / .seconds(1)
    // An optimised build takes a tenth of it.
    #expect(seconds < 30, "\(seconds) s")
    if isEnded { #expect(!terminal.text.contains("seed 2")) }
  }

  @Test("what is typed before the first prompt is not lost, Ctrl-D and half a line neither", arguments: [
    "help quit\n\u{4}", "help qui\u{4}t\r\u{4}", "help quit\r", "help q\u{1b}[",
  ])
  func typedFirst(keys: String) throws {
    let terminal = try Terminal("--quiet")
    terminal.type(keys)
    if !keys.hasSuffix("\u{4}") {
      try terminal.expect("1> ")
      terminal.type(keys.hasSuffix("[") ? "Duit\r\u{4}" : "\u{4}")
    }
    if keys.hasSuffix("[") {
      try terminal.expect("error:")
    } else {
      try terminal.expect(EditingTests.answer)
    }
    #expect(terminal.end() == 0)
  }

  @Test("Ctrl-C ends a paste whose lines are running, and the rest is named")
  func interruptedPaste() throws {
    let terminal = try Terminal(
      "--quiet", "-i", "-c", "load digits train=600 test=100; add dense 10 softmax; compile sgd")
    try terminal.expect("4> ")
    terminal.type("\u{1b}[200~fit 1000000\nseed 1\nseed 2\n\u{1b}[201~")
    try terminal.settle()
    terminal.type("\u{3}")
    try terminal.expect("2 commands did not run: seed 1; seed 2")
    try terminal.expect("5> ")
  }
}
