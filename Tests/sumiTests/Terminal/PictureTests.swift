import Foundation
import Testing

@Suite("Pictures on a terminal")
struct PictureTests {
  private static let lines = "set threads 1; load digits train=40 test=10; show data 3"

  @Test("a terminal that says it knows sixels gets them")
  func sixel() throws {
    // A machine that has much to do may answer too late; the program does not wait, so the test tries again.
    for _ in 0..<10 {
      let terminal = try Terminal("-c", PictureTests.lines)
      try terminal.expect("AAAA")
      terminal.type("\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\\u{1b}[6;20;10t\u{1b}[?62;4;22c")
      #expect(terminal.end() == 0)
      if terminal.raw.contains("\u{1b}P") {
        #expect(!terminal.raw.contains("48;5;"))
        return
      }
    }
    Issue.record("no sixels came")
  }

  @Test("a terminal that never answers gets cells, and not much later")
  func silent() throws {
    let start = Date()
    let terminal = try Terminal("-c", PictureTests.lines)
    #expect(terminal.end() == 0)
    #expect(terminal.raw.contains("\u{1b}[48;5;") && !terminal.raw.contains("\u{1b}P"))
    #expect(Date().timeIntervalSince(start) < 20)
  }

  @Test("colours are true ones where COLORTERM says so, and pictures can be left out")
  func colours() throws {
    let coloured = try Terminal("-c", PictureTests.lines, environment: ["COLORTERM": "truecolor"])
    #expect(coloured.end() == 0)
    #expect(
      coloured.raw.contains("\u{1b}[38;2;") || coloured.raw.contains("\u{1b}[48;2;") || coloured.raw.contains(";48;2;"))
    let none = try Terminal("-c", "set pictures none; \(PictureTests.lines)")
    #expect(none.end() == 0)
    #expect(!none.raw.contains("48;5;") && none.text.contains("index"))
  }

  @Test("what was typed ahead is not lost to the question")
  func typedAhead() throws {
    let terminal = try Terminal()
    try terminal.expect("1> ")
    terminal.type("load digits train=40 test=10\rshow data 1\rhelp quit\r")
    try terminal.expect("Ends the program.")
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test(
    "a pipe gets plain characters, and the protocol that was asked for",
    arguments: [
      ("auto", nil), ("ascii", nil), ("blocks", "\u{1b}[48;5;"),
      ("kitty", "\u{1b}_Ga=T,f=100"), ("iterm", "\u{1b}]1337;File=inline=1"), ("sixel", "\u{1b}P"),
    ] as [(String, String?)])
  func pipe(how: String, start: String?) throws {
    let run = try Binary(["-c", "set pictures \(how); \(PictureTests.lines)"])
    #expect(run.status == 0)
    if let start { #expect(run.output.contains(start)) } else { #expect(!run.output.contains("\u{1b}")) }
  }

  @Test("nothing of Cairo or chafa is loaded before the first picture")
  func lazily() throws {
    func loaded(_ lines: String) throws -> [String] {
      let run = try Binary(["-c", lines], environment: ["LD_DEBUG": "files"])
      #expect(run.status == 0)
      return ["libcairo", "libchafa", "libturbojpeg", "libfontconfig", "libglib"].filter {
        run.errors.contains("\($0)")
      }
    }
    #expect(try loaded("quit") == [])
    #expect(try loaded("load digits train=40 test=10; data; show data 2; help") == [])
    #expect(try loaded("set pictures sixel; \(PictureTests.lines)").contains("libcairo"))
  }
}
