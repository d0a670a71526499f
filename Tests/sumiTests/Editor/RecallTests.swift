import Testing

@testable import sumi

@Suite("The arrow keys in the history")
struct RecallTests {
  private func history(_ lines: String...) -> History {
    let history = History(folder: nil)
    for line in lines { history.add(line) }
    return history
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
}
