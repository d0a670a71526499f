import Testing

@testable import Pictures

@Suite("Tables")
struct TableTests {
  private let table = Table(
    [.init("name", leansRight: false), .init("count"), .init("note", leansRight: false)],
    rows: [["計算", "5", "first"], ["b", "1,000", Line("second", .bold)]])

  @Test(
    "columns are as wide as their widest cell, in cells of a terminal, whatever the canvas",
    arguments: [1, 20, 80, 1000])
  func aligned(width: Int) {
    #expect(
      table.text(on: Canvas(width: width, hasColour: false)) == """
        name  count  note
        ───────────────────
        計算      5  first
        b     1,000  second

        """)
  }

  @Test("the axis of the columns stands above them")
  func axis() {
    let lines = Table([.init("true", leansRight: false), .init("0")], rows: [["cat", "1"]], axis: "predicted →").text()
    #expect(lines == "      predicted →\ntrue  0\n───────\ncat   1\n")
  }

  @Test("a table without rows has its head")
  func empty() {
    #expect(Table([.init("a")], rows: []).text() == "a\n─\n")
    #expect(Table([], rows: []).text() == "\n\n")
  }
}
