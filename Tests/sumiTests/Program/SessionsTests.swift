import Glibc
import Testing

@Suite("From the start of the program to its end")
struct SessionsTests {
  private static let answer = "Ends the program."
  private static let training = "load digits train=600 test=100; add dense 10 softmax; compile sgd"

  @Test("the history is kept over sessions, without lines that begin with a blank")
  func history() throws {
    let home = try Home()
    let first = try Terminal("--quiet", environment: home.environment)
    try first.expect("1> ")
    first.type("help quit\r")
    try first.expect("2> ")
    first.type(" seed 7\r")
    try first.expect("3> ")
    first.type("\u{4}")
    #expect(first.end() == 0)
    let second = try Terminal("--quiet", environment: home.environment)
    try second.expect("1> ")
    second.type("\u{1b}[A\r")
    try second.expect(SessionsTests.answer)
    #expect(!String(decoding: try home.read(".local/state/sumi/history"), as: UTF8.self).contains("seed 7"))
  }

  @Test("sessions at once lose nothing, and $XDG_STATE_HOME chooses the folder")
  func together() throws {
    let home = try Home()
    let environment = home.environment.merging(["XDG_STATE_HOME": home.path + "/state"]) { $1 }
    let terminals = try (0..<3).map { _ in try Terminal("--quiet", environment: environment) }
    for (number, terminal) in terminals.enumerated() {
      try terminal.expect("1> ")
      terminal.type("seed \(number)\r")
      try terminal.expect("2> ")
    }
    // Each has the last line of all at hand.
    terminals[0].type("\u{1b}[A")
    try terminals[0].expect("seed 2")
    terminals[0].type("\u{3}")
    for terminal in terminals {
      terminal.type("\u{4}")
      #expect(terminal.end() == 0)
    }
    let text = String(decoding: try home.read("state/sumi/history"), as: UTF8.self)
    #expect(text.split(separator: "\n").map { $0.split(separator: "\t").last } == ["seed 0", "seed 1", "seed 2"])
  }

  @Test("a history that cannot be used is told once, stays as it is, and the work goes on")
  func damaged() throws {
    let home = try Home()
    let bytes = [UInt8](repeating: 0, count: 100)
    try home.write(bytes, to: ".local/state/sumi/history")
    let terminal = try Terminal(environment: home.environment)
    try terminal.expect("a line of the history is damaged and left out")
    try terminal.expect("1> ")
    terminal.type("help quit\r")
    try terminal.expect(SessionsTests.answer)
    #expect(try home.read(".local/state/sumi/history").starts(with: bytes))
    let unkept = try Terminal(environment: home.environment.merging(["XDG_STATE_HOME": "/proc/none"]) { $1 })
    try unkept.expect("1> ")
    unkept.type("help quit\r")
    try unkept.expect("the history cannot be kept")
    try unkept.expect(SessionsTests.answer)
    unkept.type("seed 1\r")
    try unkept.expect("3> ")
    unkept.type("seed 2\r")
    try unkept.expect("4> ")
    for what in ["the history", "this session"] {
      #expect(unkept.text.components(separatedBy: "\(what) cannot be kept").count == 2)
    }
  }

  @Test("without HOME there is a prompt all the same", arguments: [["HOME": ""], ["HOME": "relative"]])
  func homeless(environment: [String: String]) throws {
    let terminal = try Terminal(environment: environment)
    try terminal.expect("1> ")
    terminal.type("help quit\r")
    try terminal.expect(SessionsTests.answer)
    try terminal.expect("2> ")
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("init.sumi runs at the start, --no-init skips it, and a mistake in it is told before the prompt comes")
  func initFile() throws {
    let home = try Home()
    try home.write(Array("set prompt short\nload digits train=20 test=10\n".utf8), to: ".config/sumi/init.sumi")
    let terminal = try Terminal(environment: home.environment)
    try terminal.expect("digits: 20 training")
    try terminal.expect("1> ")
    #expect(!terminal.text.contains("digits 1> "))
    let skipping = try Terminal("--no-init", environment: home.environment)
    try skipping.expect("1> ")
    #expect(!skipping.text.contains("digits: 20"))
    try home.write(Array("seed 1\nfoo\n".utf8), to: ".config/sumi/init.sumi")
    let mistaken = try Terminal(environment: home.environment, columns: 200)
    try mistaken.expect("init.sumi:2: error: no command is called \"foo\"")
    try mistaken.expect("1> ")
    #expect(try !Binary(["-c", "cells"], environment: home.environment).errors.contains("foo"))
  }

  @Test("the banner tells name, version, help, cores and threads; --quiet hides it")
  func banner() throws {
    let terminal = try Terminal("--threads", "3")
    try terminal.expect("1> ")
    #expect(terminal.text.contains(#/sumi \d+\.\d+\.\d+ .*\d+ cores?, 3 threads/#))
    #expect(terminal.text.contains("help"))
    let quiet = try Terminal("--quiet")
    try quiet.expect("1> ")
    #expect(!quiet.text.contains("cores"))
  }

  @Test("the prompt tells the state, and only the number after set prompt short")
  func prompt() throws {
    let terminal = try Terminal("-i", "-c", "\(SessionsTests.training); fit 2 64")
    try terminal.expect("digits · 784→10 · epoch 2 · ")
    try terminal.expect(" % 5> ")
    terminal.type("set prompt short\r")
    try terminal.expect("\n6> ")
    let narrow = try Terminal("-i", "-c", "\(SessionsTests.training); fit 2 64", columns: 30)
    try narrow.expect(" % 5> ")
    #expect(!narrow.text.contains("784→10 ·"))
  }

  @Test("a beginner is shown the next line once, → takes it, and set hints no ends that")
  func hints() throws {
    let home = try Home()
    let terminal = try Terminal(environment: home.environment)
    try terminal.expect("next: load digits")
    try terminal.expect("1> ")
    terminal.type("\u{1b}[C train=20 test=10\r")
    try terminal.expect("next: add dense 512 relu")
    try terminal.expect("2> ")
    terminal.type("set hints no\r")
    try terminal.expect("3> ")
    terminal.type("add dense 10 softmax\r")
    try terminal.expect("4> ")
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(!terminal.text.contains("next: compile"))
    let again = try Terminal(environment: home.environment)
    try again.expect("1> ")
    #expect(!again.text.contains("next:"))
  }

  @Test("the line that an error tells to type is suggested")
  func suggested() throws {
    let terminal = try Terminal("--quiet")
    try terminal.expect("1> ")
    terminal.type("fit 3\r")
    try terminal.expect("try: load digits")
    try terminal.expect("2> ")
    terminal.type("\u{1b}[C train=20 test=10\r")
    try terminal.expect("digits: 20 training")
  }
}
