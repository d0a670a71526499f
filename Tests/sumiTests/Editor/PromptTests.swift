import Glibc
import Testing

@Suite("The prompt on a terminal")
struct PromptTests {
  /// What `help quit` says, which no line that was typed contains.
  private static let answer = "Ends the program."

  @Test("a prompt with the line's number appears, a line runs, and the next prompt comes")
  func runs() throws {
    let terminal = try Terminal()
    try terminal.expect("help lists what can be typed")
    try terminal.expect("1> ")
    terminal.type("help quit\r")
    try terminal.expect(PromptTests.answer)
    try terminal.expect("2> ")
    terminal.type("fit 1\r")
    try terminal.expect("error: there is no data set yet")
    try terminal.expect("try: load digits")
    try terminal.expect("3> ")
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
  }

  @Test(
    "Backspace and the arrow keys edit the line",
    arguments: [
      "help quix\u{7f}t\r", "hlp quit\u{1b}[D\u{1b}[D\u{1b}[D\u{1b}[D\u{1b}[D\u{1b}[D\u{1b}[De\r", "elp quit\u{1}h\r",
      "help quitter\u{8}\u{8}\u{8}\r", "rubbish\u{15}help quit\r",
    ])
  func edits(keys: String) throws {
    let terminal = try Terminal()
    try terminal.expect("1> ")
    terminal.type(keys)
    try terminal.expect(PromptTests.answer)
    try terminal.expect("2> ")
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(!terminal.text.contains("error:"))
  }

  @Test("the Up key brings lines back")
  func recalls() throws {
    let terminal = try Terminal()
    try terminal.expect("1> ")
    terminal.type("help quit\r")
    try terminal.expect("2> ")
    terminal.type("seed 5\r")
    try terminal.expect("3> ")
    terminal.type("\u{1b}[A\u{1b}[A\r")
    try terminal.expect(PromptTests.answer)
    try terminal.expect("4> ")
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("Ctrl-C at the prompt drops the line and nothing else")
  func drops() throws {
    let terminal = try Terminal()
    try terminal.expect("1> ")
    terminal.type("rubbish\u{3}")
    try terminal.expect("^C")
    try terminal.expect("1> ")
    terminal.type("\u{3}")
    try terminal.expect("1> ")
    terminal.type("help quit\r")
    try terminal.expect(PromptTests.answer)
    try terminal.expect("2> ")
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(!terminal.text.contains("error:"))
  }

  @Test("Ctrl-C during fit keeps what was learnt, and the prompt comes back")
  func interrupts() throws {
    let terminal = try Terminal("-i", "-c", "load digits train=2000 test=100; add dense 10 softmax; compile sgd")
    try terminal.expect("1> ".replacing("1", with: "4"))
    terminal.type("fit 1000000\r")
    try terminal.expect("epoch 2/1000000")
    terminal.type("\u{3}")
    try terminal.expect("stopped in epoch")
    try terminal.expect("what was learnt is kept")
    try terminal.expect("5> ")
    terminal.type("expect loss < 100\r")
    try terminal.expect("holds:")
    try terminal.expect("6> ")
    terminal.type("quit\r")
    try terminal.expect("leave all the same? (y/n)")
    try terminal.settle()
    terminal.type("y")
    #expect(terminal.end() == 0)
  }

  @Test(
    "a line in other scripts survives, whatever the locale",
    arguments: [
      ["LANG": "C.UTF-8"], ["LC_ALL": "C"], ["LANG": "", "LC_ALL": "POSIX"], ["LC_ALL": "nowhere.UTF-8"],
    ])
  func scripts(environment: [String: String]) throws {
    let terminal = try Terminal(environment: environment)
    try terminal.expect("1> ")
    terminal.type("help 計算é\u{7f}\r")
    try terminal.expect("there is no help on \"計算\"")
    try terminal.expect("2> ")
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("a line that ends in \\ or in an open quote goes on in the next row")
  func continues() throws {
    let terminal = try Terminal()
    try terminal.expect("1> ")
    terminal.type("help \\\rquit\r")
    try terminal.expect(PromptTests.answer)
    try terminal.expect("2> ")
    terminal.type("help \"qu")
    terminal.type("\r\u{7f}it\"\r")
    try terminal.expect(PromptTests.answer)
    try terminal.expect("3> ")
    terminal.type("help \\\rrubbish\u{3}")
    try terminal.expect("3> ")
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("an unknown or dumb terminal has a prompt all the same", arguments: ["dumb", "no-such-terminal", "", "emacs"])
  func terminals(name: String) throws {
    let terminal = try Terminal(environment: ["TERM": name])
    try terminal.expect("1> ")
    terminal.type("help quit\r")
    try terminal.expect(PromptTests.answer)
    try terminal.expect("2> ")
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(!terminal.raw.contains("\u{1b}") || name == "no-such-terminal")
  }

  @Test("fit draws a bar over itself, and leaves a line for each epoch")
  func progress() throws {
    let terminal = try Terminal(
      "-c", "load digits train=10000 test=100; add dense 64 relu; add dense 10 softmax; compile sgd; fit 3 1")
    #expect(terminal.end() == 0)
    #expect(terminal.text.contains("━"))
    #expect(terminal.text.contains("ETA "))
    let lines = terminal.text.split(whereSeparator: \.isNewline).compactMap { $0.split(separator: "\r").last }
    for epoch in 1...3 {
      let own = lines.filter { $0.hasPrefix("epoch \(epoch)/3") }
      #expect(own.contains { $0.contains(#/^epoch \d\/3 ━{8,20} [\d.]+ s  .*[mµ]s\/step  loss/#) })
    }
    #expect(terminal.text.contains(#/loss [▁-█]{3} [\d.]+ → [\d.]+   best epoch 3, loss/#))
    #expect(terminal.raw.contains("\r\u{1b}[K") || terminal.raw.contains("\u{1b}[K"))
  }

  @Test("a bar is never wider than the terminal", arguments: [20, 40, 200])
  func narrow(columns: Int) throws {
    let terminal = try Terminal(
      "--no-color", "-c", "load digits train=20000 test=100; add dense 10 softmax; compile sgd; fit 1 1",
      columns: UInt16(columns))
    #expect(terminal.end() == 0)
    let bars = terminal.raw.split(whereSeparator: { $0 == "\r" || $0 == "\n" || $0 == "\r\n" }).filter {
      $0.contains("─") || $0.contains("━")
    }
    #expect(!bars.isEmpty)
    for bar in bars { #expect(bar.replacing("\u{1b}[K", with: "").count < columns) }
  }

  @Test("Ctrl-C stops a script with status 130, and what runs in it is told")
  func script() throws {
    let terminal = try Terminal(
      "-c", "load digits train=2000 test=100; add dense 10 softmax; compile sgd; fit 1000000; help quit")
    try terminal.expect("epoch 2/1000000")
    terminal.type("\u{3}")
    try terminal.expect("stopped in epoch")
    #expect(terminal.end() == 130)
    #expect(!terminal.text.contains(PromptTests.answer))
  }

  @Test("Ctrl-C ends the wait for lines from a pipe")
  func pipe() throws {
    let ends = try Channel.pipe()
    defer { [ends.reading, ends.writing].forEach { close($0) } }
    let terminal = try Terminal(input: ends.reading)
    #expect(write(ends.writing, "help quit\n", 10) == 10)
    try terminal.expect(PromptTests.answer)
    terminal.interrupt()
    #expect(terminal.end() == 130)
    #expect(!terminal.text.contains("1> "))
  }
}
