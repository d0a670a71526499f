import Glibc
import Testing

@Suite("Answers of the terminal")
struct TerminalQueryTests {
  private static let answers = "\u{1b}_Gi=31;OK\u{1b}\\"
    + "\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\\u{1b}[6;20;10t\u{1b}[?2;0;640;480S\u{1b}[?62;4;22c"

  /// A prompt that has asked and waited in vain.
  private func asked(_ home: Home) throws -> Terminal {
    let terminal = try Terminal(environment: home.environment)
    try terminal.expect("1> ")
    terminal.type("load digits train=40 test=10\r")
    try terminal.expect("2> ")
    terminal.type("show data 1\r")
    try terminal.expect("AAAA")
    return terminal
  }

  @Test("one that comes late is no input, at the prompt and while a command runs, and the next picture heeds it")
  func late() throws {
    let home = try Home()
    let terminal = try asked(home)
    try terminal.expect("3> ")
    try terminal.settle()
    terminal.type(TerminalQueryTests.answers)
    try terminal.settle()
    terminal.type("help quit\r")
    try terminal.expect("Ends the program.")
    try terminal.expect("4> ")
    #expect(!terminal.text.contains("error:"))
    terminal.type("show data 1\r")
    try terminal.expect("5> ")
    #expect(terminal.raw.contains("\u{1b}_Ga=T,f=100"))
    let history = String(decoding: try home.read(".local/state/sumi/history"), as: UTF8.self)
    #expect(!history.contains("rgb") && !history.contains("62;4"))
  }

  @Test("one that comes while the line is typed, torn in the middle, leaves the line alone")
  func torn() throws {
    let terminal = try asked(try Home())
    try terminal.expect("3> ")
    terminal.type("help q\u{1b}]11;rgb:ff")
    try terminal.settle()
    terminal.type("ff/ffff/ffff\u{1b}\\ui\u{1b}[?6")
    try terminal.settle()
    terminal.type("2;4ct\r")
    try terminal.expect("Ends the program.")
  }

  @Test("one that comes while a command runs is not seen")
  func running() throws {
    let terminal = try asked(try Home())
    try terminal.expect("3> ")
    terminal.type("add conv2d 32 3 relu; add flatten; add dense 10 softmax; compile sgd\r")
    try terminal.expect("7> ")
    terminal.type("fit 1000000 1\r")
    try terminal.expect("epoch 2/1000000")
    terminal.type(TerminalQueryTests.answers)
    terminal.type("help quit\r")
    try terminal.expect("epoch 4/1000000")
    terminal.type("\u{3}")
    try terminal.expect("stopped in epoch")
    try terminal.expect("Ends the program.")
    #expect(!terminal.text.contains("error:"))
  }

  @Test("what was typed ahead of the first picture comes after it, and the terminal is asked all the same")
  func typedAhead() throws {
    let terminal = try Terminal("--quiet")
    try terminal.expect("1> ")
    terminal.type("load digits train=40 test=10\rshow data 1\rhelp quit\r")
    try terminal.expect("AAAA")
    terminal.type(TerminalQueryTests.answers)
    try terminal.expect("Ends the program.")
    try terminal.expect("4> ")
    terminal.type("show data 1\r")
    try terminal.expect("5> ")
    #expect(terminal.raw.contains("\u{1b}_Ga=T,f=100"))
    #expect(!terminal.text.contains("error:"))
  }

  @Test("a script that ends before the answer leaves no answer to the shell")
  func script() throws {
    let terminal = try Terminal("-c", "load digits train=40 test=10; show data 1")
    try terminal.expect("AAAA")
    usleep(150_000)
    terminal.type(TerminalQueryTests.answers)
    #expect(terminal.end() == 0)
    #expect(terminal.isAsFound)
    #expect(!terminal.text.contains("rgb:ffff"))
  }

  @Test("a picture of sixels is no larger than the terminal takes")
  func fits() throws {
    for _ in 0..<10 {
      let terminal = try Terminal("-c", "load digits train=400 test=100; show data 100", columns: 200, rows: 60)
      try terminal.expect("AAAA")
      terminal.type("\u{1b}[6;20;10t\u{1b}[?2;0;640;480S\u{1b}[?62;4;22c")
      #expect(terminal.end() == 0)
      // What the raster says of itself: "1;1;width;height.
      guard let size = terminal.raw.firstMatch(of: #/"1;1;(\d+);(\d+)/#) else { continue }
      let (width, height) = (Int(size.1) ?? 0, Int(size.2) ?? 0)
      #expect((200...640).contains(width) && (200...480).contains(height), "\(width)×\(height)")
      return
    }
    Issue.record("no sixels came")
  }
}
