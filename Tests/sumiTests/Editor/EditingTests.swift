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
}
