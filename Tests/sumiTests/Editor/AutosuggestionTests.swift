import Testing

@testable import Workbench
@testable import sumi

@Suite("The grey text behind the cursor")
struct AutosuggestionTests {
  private let session = Session(seed: Seed(1, isDrawn: false))

  private func ghost(_ line: String, offer: String? = nil, _ lines: String...) -> Autosuggestion? {
    let history = History(folder: nil)
    for line in lines { history.add(line) }
    return Autosuggestion(for: line, offer: offer, history: history) { Completion(of: line, in: session) }
  }

  @Test("the history comes before the grammar, and the offer only on an empty line")
  func order() {
    #expect(ghost("", offer: "load digits")?.text == "load digits")
    #expect(ghost("") == nil)
    #expect(ghost("load d", "load dog")?.text == "og")
    #expect(ghost("load d", offer: "fit 3")?.text == "igits")
    #expect(ghost("zz") == nil)
  }

  @Test("what only the person knows stands in ‹ › and cannot be taken")
  func awaited() {
    let ghost = ghost("seed ")
    #expect(ghost?.text == "")
    #expect(ghost?.shown(within: 40, hasColour: true) == "‹number›")
  }

  @Test("without colour it is told by ‹ ›, and it never wraps", arguments: 0...12)
  func shown(columns: Int) {
    let wide = ghost("help 計", "help 計算計算計算")
    #expect((wide?.shown(within: columns, hasColour: true).columns ?? 99) <= columns)
    #expect(ghost("load d")?.shown(within: 40, hasColour: false) == "‹igits›")
    #expect(ghost("x", "xa\u{1b}[31m")?.shown(within: 40, hasColour: true) == "a\\u{1b}[31m")
  }

  @Test("its first word has the blanks before it")
  func word() {
    #expect(ghost("add", "add dense 10")?.firstWord == " dense")
    #expect(ghost("add ", "add dense 10")?.firstWord == "dense")
  }
}
