import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Interruption from the keyboard and from outside")
struct InterruptionTests {
  private let home: Home
  private let training = "load digits train=600 test=100\nadd dense 10 softmax\ncompile sgd\n"

  init() throws { home = try Home() }

  private func script(_ text: String, _ name: String = "a.sumi", mode: Int = 0o644) throws -> String {
    try home.write(Array(text.utf8), to: name, mode: mode)
  }

  @Test func `Ctrl-C ends a script, and what did not run is named`() throws {
    let path = try script(training + "fit 1000000\nevaluate\nconfusion\n")
    let terminal = try Terminal(path, environment: home.environment)
    try terminal.expect("epoch 2/1000000")
    terminal.interrupt()
    try terminal.expect("stopped in epoch")
    try terminal.expect("2 commands did not run: evaluate; confusion")
    #expect(terminal.end() == 130)
  }

  @Test func `Ctrl-C in a batch of a script that takes its time is answered before the batch is over`() throws {
    let path = try script(
      """
      load digits train=3000 test=100
      add conv2d 32 3 relu
      add conv2d 32 3 relu
      add flatten
      add dense 10 softmax
      compile sgd
      fit 1 3000
      evaluate

      """)
    let terminal = try Terminal(path, environment: home.environment)
    try terminal.expect("> fit 1 3000")
    terminal.interrupt()
    try terminal.expect("stopping at the next safe point; Ctrl-C again to stop at once")
    try terminal.expect("1 command did not run: evaluate")
    #expect(terminal.end() == 130)
  }

  @Test func `Ctrl-C ends the reading of a large table, and leaves the session as it was`() throws {
    // Blank lines behind the rows: three gigabytes that take a few megabytes.
    let folder = try Folder()
    let rows = "a,b,y\n" + (0..<5000).map { "\($0),1,\($0 % 2)\n" }.joined()
    let blank = try folder.gzip([UInt8](repeating: UInt8(ascii: "\n"), count: 1 << 20))
    let packed = try folder.gzip(Array(rows.utf8)) + repeatElement(blank, count: 3000).joined()
    let path = try folder.write(packed, to: "a.csv.gz")
    let terminal = try Terminal(environment: home.environment)
    terminal.type("load \(path) label=y\r")
    try terminal.expect("%  ETA")
    terminal.interrupt()
    try terminal.expect("stopped before the end; nothing has changed")
    terminal.type("data\r")
    try terminal.expect("there is no data set yet")
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
  }

  @Test func `with -i a program that drives it goes on behind Ctrl-C and mistakes`() throws {
    let (questions, answers) = (try Channel.pipe(), try Channel.pipe())
    defer { [questions.reading, answers.reading, answers.writing].forEach { close($0) } }
    let spawn = try Spawn(
      ["--json", "-i"], environment: home.environment, descriptors: [questions.reading, answers.writing, nil])
    func ask(_ line: String) { _ = write(questions.writing, line + "\n", line.utf8.count + 1) }
    /// The next answer that there is within a minute.
    func answer() throws -> String {
      var (text, byte) = ([UInt8](), UInt8(0))
      var awaited = pollfd(fd: answers.reading, events: Int16(POLLIN), revents: 0)
      while byte != UInt8(ascii: "\n") {
        try #require(poll(&awaited, 1, 60_000) > 0 && read(answers.reading, &byte, 1) == 1)
        text.append(byte)
      }
      return String(decoding: text, as: UTF8.self)
    }
    for line in training.split(separator: "\n") {
      ask(String(line))
      #expect(try answer().contains(#""ok":true"#))
    }
    // Nothing is there to be stopped yet.
    kill(spawn.process, SIGINT)
    usleep(500_000)
    ask("fit 1000000")
    usleep(500_000)
    kill(spawn.process, SIGINT)
    #expect(try answer().contains(#""interrupted":true"#))
    for (line, isFine) in [("evalute", false), ("evaluate", true)] {
      ask(line)
      #expect(try answer().contains("\"ok\":\(isFine)"))
    }
    close(questions.writing)
    #expect(spawn.wait() == 0)
  }

  @Test func `what is said of folds that were stopped stands below their bar`() throws {
    let window = try Tmux(columns: 100, rows: 20)
    for line in ["load digits train=600 test=50", "add dense 10 softmax", "compile rmsprop", "fit 100000 16 folds=3"] {
      try window.type(line)
      try window.press("Enter")
    }
    try window.see("a bar") { $0.last?.contains("accuracy") == true }
    try window.press("C-c")
    try window.see("the error in a row of its own") { lines in
      lines.contains { $0.hasPrefix("error: stopped before the end; nothing has changed") }
    }
  }

  @Test func `Ctrl-C stops a script that another runs, and each says what is left of it`() throws {
    let inner = try script(training + "fit 1000000\nevaluate\n")
    let terminal = try Terminal(environment: home.environment)
    try terminal.expect("1> ")
    terminal.type("run \(inner); data\r")
    try terminal.expect("epoch 2/1000000")
    terminal.type("\u{3}")
    try terminal.expect("the script was stopped after 4 commands; what was done is kept")
    try terminal.expect("1 command did not run: evaluate")
    try terminal.expect("1 command did not run: data")
    try terminal.expect("6> ")
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `a script that somebody ends keeps what was learnt, and says where`(signal: Int32) throws {
    let path = try script(training + "fit 1000000\nevaluate\n")
    let terminal = try Terminal(path, environment: home.environment)
    try terminal.expect("epoch 2/1000000")
    terminal.send(signal)
    try terminal.expect("to go on: sumi --resume ")
    #expect(terminal.end() == 128 + signal)
    let next = try Terminal("--resume", environment: home.environment)
    try next.expect("> fit 1000000")
    try next.expect("/1000000")
  }

  @Test(arguments: ["y", "n"]) func `quit asks where Ctrl-D asks`(key: String) throws {
    let terminal = try Terminal(
      "-i", "-c", training.replacing("\n", with: ";") + "fit 1 64", environment: home.environment)
    try terminal.expect("5> ")
    terminal.type("quit\r")
    try terminal.expect("an epoch is not saved; leave all the same? (y/n)")
    try terminal.settle()
    terminal.type(key)
    if key == "y" {
      #expect(terminal.end() == 0)
    } else {
      try terminal.expect("to keep it: save session work.sumi")
      try terminal.expect("6> ")
    }
  }

  @Test func `a paste stops at a mistake, and says which lines did not run`() throws {
    let terminal = try Terminal("--quiet", environment: home.environment)
    try terminal.expect("1> ")
    terminal.type("\u{1b}[200~seed 1\nfoo\nseed 2\nseed 3\n\u{1b}[201~")
    try terminal.expect("no command is called")
    try terminal.expect("2 commands did not run: seed 2; seed 3")
    try terminal.expect("3> ")
    terminal.type("cells\r")
    let cells = try terminal.expect("4> ")
    #expect(cells.contains("seed 1") && !cells.contains("seed 2"))
  }

  @Test func `Ctrl-C in the editor is the editor's alone, and the terminal echoes in it`() throws {
    let editor = try script(
      """
      #!/bin/sh
      trap 'echo caught' INT
      stty -a | tr ' ;' '\\n\\n' | grep -x -e echo -e -echo
      echo ready
      while ! read line; do :; done
      echo "help quit" >> "$1"
      """, "editor", mode: 0o755)
    let environment = home.environment.merging(["EDITOR": editor, "PATH": "/usr/bin:/bin"]) { $1 }
    let terminal = try Terminal(environment: environment)
    try terminal.expect("1> ")
    terminal.type("edit\r")
    let before = try terminal.expect("ready")
    #expect(before.contains("\necho\r") && !before.contains("-echo"))
    terminal.type("\u{3}")
    try terminal.expect("caught")
    terminal.type("\u{3}")
    try terminal.expect("caught")
    terminal.type("go\r")
    try terminal.expect("> help quit")
    try terminal.expect("Ends the program.")
    try terminal.expect("3> ")
    #expect(!terminal.text.contains("stopping") && !terminal.text.contains("stop at once"))
  }

  @Test func `the prompt tells as much with two digits in its number as with one`() throws {
    let lines = "load digits train=60 test=20; add dense 64 relu; add dense 10 softmax; compile sgd; fit 10 60"
    let terminal = try Terminal("-i", "-c", lines + "; seed 1; seed 1; seed 1; seed 1", environment: home.environment)
    try terminal.expect("digits · 784→64→10 · epoch 10 · ")
    try terminal.expect(" 10> ")
  }

  @Test func `several commands on a line are taken at the prompt`() throws {
    let terminal = try Terminal("--quiet", environment: home.environment)
    try terminal.expect("1> ")
    terminal.type("load digits train=20 test=10; help quit # it's\r")
    try terminal.expect("digits: 20 training")
    try terminal.expect("Ends the program.")
    try terminal.expect("3> ")
  }
}
