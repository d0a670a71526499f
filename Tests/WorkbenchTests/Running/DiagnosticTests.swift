import Grammar
import Testing

@testable import Workbench

@Suite("Errors as a person reads them")
struct DiagnosticTests {
  private func lines(_ line: String, _ start: Int, _ length: Int) -> [String] {
    Diagnostic(Misread("so", at: Span(start: start, length: length)), line: line).lines.map(\.text)
  }

  @Test("the caret stands under what is wrong, also behind wide characters and controls")
  func caret() {
    #expect(lines("add dnse 5", 4, 4) == ["error: so", "  add dnse 5", "      ^~~~"])
    #expect(lines("計算 x", 3, 1) == ["error: so", "  計算 x", "       ^"])
    #expect(lines("計算", 0, 2)[2] == "  ^~~~")
    #expect(lines("a\tb", 2, 1) == ["error: so", "  a\\u{9}b", "        ^"])
    #expect(lines("add", 4, 1) == ["error: so", "  add", "      ^"].map { $0 == "      ^" ? "     ^" : $0 })
    #expect(lines("", 0, 1) == ["error: so", "  ", "  ^"])
  }

  @Test("of a long line the part around the caret is shown")
  func window() {
    let shown = lines(String(repeating: "a", count: 500) + "b" + String(repeating: "c", count: 500), 500, 1)
    #expect(shown[1] == "  …" + String(repeating: "a", count: 36) + "b" + String(repeating: "c", count: 35) + "…")
    #expect(shown[2] == String(repeating: " ", count: 39) + "^")
    #expect(lines(String(repeating: "a", count: 5000), 0, 5000)[2].count < 80)
  }

  @Test(
    "where the message says what was meant, the mended line is the next one",
    arguments: [
      ("evalute", "evaluate"), ("load mnis", "load mnist"), ("add dnse 16 relu", "add dense 16 relu"),
      ("add dense 16 rellu", "add dense 16 relu"), ("show errrs 3", "show errors 3"), ("compile rmsprp lr=0.1", "compile rmsprop lr=0.1"),
      ("foo", "help"), ("add dnse", nil),
    ])
  func meant(line: String, next: String?) throws {
    var bench = Bench(.loaded)
    #expect(try bench.refuse(line).nextLine == next)
  }

  @Test("place before the message, hint below")
  func placeAndHint() {
    let inner = Script(name: "a.sumi", commands: "").placed(
      Diagnostic(Refusal("no", hint: "load digits")), Script.Entry(text: "", number: 3))
    let diagnostic = Script(name: "outer.sumi", commands: "").placed(inner, Script.Entry(text: "", number: 1))
    #expect(diagnostic.lineNumber == 3)
    #expect(diagnostic.lines.map(\.text) == ["a.sumi:3: error: no", "  try: load digits"])
  }
}
