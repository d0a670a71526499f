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
}
