import Glibc
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

  @Test func `what another session adds is there at the next look, and each line stays once`() throws {
    let home = try Home()
    let (first, second) = (History(folder: home.path), History(folder: home.path))
    first.add("load digits")
    second.add("load mnist")
    #expect(first.refresh() == ["load digits", "load mnist"])
    #expect(first.lines == ["load digits", "load mnist"])
    second.add("load digits")
    #expect(first.refresh() == ["load digits"])
    #expect(first.lines == ["load mnist", "load digits"])
    #expect(first.refresh().isEmpty)
    first.add("fit 3")
    var recall = Recall("", in: second)
    #expect(recall.older(second) == "fit 3")
    #expect(HistorySearch(first).found == nil)
  }

  @Test func `a history that was emptied meanwhile is read from its start`() throws {
    let home = try Home()
    let (first, second) = (History(folder: home.path), History(folder: home.path))
    for line in ["load digits", "load mnist"] { second.add(line) }
    first.refresh()
    #expect(truncate(home.path + "/history", 0) == 0)
    second.add("x")
    #expect(first.refresh() == ["x"])
  }

  @Test func `lines that went wrong are not suggested, in this session and the next, until they go well`() throws {
    let home = try Home()
    let (first, other) = (History(folder: home.path), History(folder: home.path))
    for line in ["fit 1 64", "fit 1 32"] { first.add(line) }
    first.judge("fit 1 64", hasFailed: false)
    first.judge("fit 1 32", hasFailed: true)
    other.refresh()
    let next = History(folder: home.path)
    for history in [first, other, next] {
      #expect(history.suggestion(for: "fit") == "fit 1 64")
      #expect(history.lines == ["fit 1 64", "fit 1 32"])
      #expect(Recall("fit", in: history).shown == "fit")
    }
    var recall = Recall("fit", in: next)
    #expect(recall.older(next) == "fit 1 32")
    next.add("fit 1 32")
    next.judge("fit 1 32", hasFailed: false)
    first.refresh()
    for history in [first, next, History(folder: home.path)] { #expect(history.suggestion(for: "fit") == "fit 1 32") }
  }

  @Test func `a line that is not kept is not judged`() throws {
    let home = try Home()
    let history = History(folder: home.path)
    history.add(" seed 1")
    history.judge(" seed 1", hasFailed: true)
    #expect(home.names(in: "").isEmpty)
  }
}
