import Testing

@testable import sumi

@Suite("Ctrl-R")
struct HistorySearchTests {
  private func history(_ lines: String...) -> History {
    let history = History(folder: nil)
    for line in lines { history.add(line) }
    return history
  }

  @Test("the search finds older and newer lines, in any script")
  func search() {
    var search = HistorySearch(history("help 計算", "fit 1", "help 計画", "fit 2"))
    for character in "計" { search.add(character) }
    #expect(search.found == "help 計画")
    search.older()
    #expect(search.found == "help 計算")
    search.older()
    #expect(!search.isFound)
    search.newer()
    #expect(search.found == "help 計画")
    search.add("算")
    #expect(search.found == "help 計算")
    search.shorten()
    #expect(search.found == "help 計画")
    search.shorten()
    #expect(search.wanted == "")
  }
}
