import Glibc
import Testing

@testable import sumi

@Suite("Results taller than the window")
struct PagerTests {
  @Test(
    "they are shown page by page at the prompt, and q ends", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
  func pages() throws {
    let window = try Tmux(columns: 80, rows: 12, "--quiet")
    try window.see(ending: "1> load digits")
    try window.type("help all")
    try window.press("Enter")
    let first = try window.see("the first page") { $0.last?.hasPrefix("11 of ") == true }
    try window.press("Space")
    let second = try window.see("the second page") { $0.last?.hasPrefix("22 of ") == true }
    #expect(first.first != second.first)
    try window.press("Enter")
    try window.see("a line more") { $0.last?.hasPrefix("23 of ") == true && $0[0] == second[1] }
    try window.press("Up", "b")
    let back = try window.see("the first page again") { $0.last?.hasPrefix("11 of ") == true }
    #expect(back == first)
    try window.press("F5", "x")
    try window.press("G")
    try window.see("the prompt behind the end") { $0.last?.hasPrefix("2>") == true }
    try window.type("help all")
    try window.press("Enter")
    try window.see("the first page") { $0.last?.hasPrefix("11 of ") == true }
    try window.press("q")
    let end = try window.see("the prompt") { $0.last?.hasPrefix("3>") == true }
    #expect(end.contains(back[9]))
  }

  @Test("set pager no, a script, a paste and keys typed ahead go on without a stop")
  func without() throws {
    let terminal = try Terminal("--quiet", rows: 10)
    try terminal.expect("1> ")
    terminal.type("set pager no\r")
    try terminal.expect("2> ")
    terminal.type("help all\r")
    try terminal.expect("3> ")
    terminal.type("set pager yes\r")
    try terminal.expect("4> ")
    terminal.type("\u{1b}[200~help all\nhelp all\nseed 1\n\u{1b}[201~")
    try terminal.expect("7> ")
    terminal.type("help all\rhelp quit\r")
    try terminal.expect("Ends the program.")
    #expect(!terminal.text.contains("Space goes on"))
    let script = try Terminal("-c", "help all", rows: 10)
    #expect(script.end() == 0)
    #expect(!script.text.contains("Space goes on"))
  }

  @Test("keys of less", arguments: [
    (.character(" "), .pages(1)), (.key(.pageUp), .pages(-1)), (.character("\r"), .lines(1)), (.key(.up), .lines(-1)),
    (.character("q"), .quit), (.character("\u{3}"), .quit), (.key(.home), .start), (.character("G"), .end),
    (.character("x"), nil), (.report("x"), nil),
  ] as [(Keystroke, Pager.Move?)])
  func keys(keystroke: Keystroke, move: Pager.Move?) { #expect(Pager.Move(keystroke) == move) }
}
