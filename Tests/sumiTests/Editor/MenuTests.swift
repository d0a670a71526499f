import Testing

@testable import Workbench
@testable import sumi

@Suite("The list of candidates")
struct MenuTests {
  private func menu(_ count: Int) -> Menu {
    Menu((0..<count).map { Candidate("word\($0)", help: "what word \($0) does") })
  }

  @Test("each has its help where there is room, cut at the edge")
  func helped() {
    let lines = menu(3).lines(columns: 20, rows: 10).map(\.text)
    #expect(lines == ["word0  what word 0 ", "word1  what word 1 ", "word2  what word 2 "])
  }

  @Test("many stand in columns, and what does not fit is counted")
  func columns() {
    let lines = menu(20).lines(columns: 40, rows: 5).map(\.text)
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("word0   word5   word10  word15"))
    let few = menu(100).lines(columns: 20, rows: 3).map(\.text)
    #expect(few.count == 3)
    #expect(few.last == "… and 96 more")
    for line in lines + few { #expect(line.count < 40) }
    #expect(menu(5).lines(columns: 20, rows: 0).isEmpty)
    #expect(menu(5).lines(columns: 1, rows: 2).allSatisfy { $0.columns <= 1 })
  }
}
