import Testing

@testable import sumi

@Suite("The history")
struct HistoryTests {
  private func history(_ lines: String...) -> History {
    let history = History(folder: nil)
    for line in lines { history.add(line) }
    return history
  }

  @Test("lines that begin with a blank or are endless are not kept, and each is kept once")
  func kept() {
    let history = history("one", " two", "three", "one", String(repeating: "x", count: 100_000))
    #expect(history.lines == ["three", "one"])
    #expect(!history.add("\tfour"))
  }

  @Test("a suggestion is the latest line that begins so")
  func suggestion() {
    let history = history("add dense 512", "add dense 10", "fit 3")
    #expect(history.suggestion(for: "add ") == "add dense 10")
    #expect(history.suggestion(for: "add dense 5") == "add dense 512")
    #expect(history.suggestion(for: "fit 3") == nil)
    #expect(history.suggestion(for: "") == nil)
  }

  @Test("↑ and ↓ walk over the lines that begin as the typed one, and back to it")
  func recall() {
    let history = history("add a", "fit 1", "add b")
    var recall = Recall("add", in: history)
    #expect(recall.older(history) == "add b")
    #expect(recall.older(history) == "add a")
    #expect(recall.older(history) == nil)
    #expect(recall.newer(history) == "add b")
    #expect(recall.newer(history) == "add")
    #expect(recall.newer(history) == nil)
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
