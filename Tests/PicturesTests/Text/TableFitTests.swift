import Testing

@testable import Pictures

@Suite("Tables on narrow terminals")
struct TableFitTests {
  private let table = Table(
    [
      .init("#"), .init("network", leansRight: false, least: 6), .init("seconds", priority: 1),
      .init("best", priority: 2),
    ],
    rows: [["1", "dense 16 relu, dense 10", "0.25", "0.98"], ["2", "dense 8", "10.25", "0.9"]])

  private func text(_ width: Int) -> String { table.text(on: Canvas(width: width, hasColour: false, wraps: true)) }

  @Test func `where there is room for all, or no edge, nothing is cut`() {
    #expect(text(41).contains("1  dense 16 relu, dense 10     0.25  0.98\n"))
    #expect(text(41) == table.text(on: Canvas(width: 10, hasColour: false)))
  }

  @Test func `texts are cut first that may be`() {
    #expect(
      text(30) == """
        #  network       seconds  best
        ──────────────────────────────
        1  dense 16 re…     0.25  0.98
        2  dense 8         10.25   0.9

        """)
  }

  @Test func `then columns leave, the least important first, and an ellipsis tells so`() {
    let lines = text(20).split(separator: "\n")
    #expect(lines[0] == "#  network   best  …")
    #expect(lines[2].hasPrefix("1  dense 1…  0.98"))
    #expect(text(10).hasPrefix("#  network  …\n"), "what never leaves and is cut no further stands over")
  }

  @Test func `a picture of it has the same room`() {
    let drawing = table.drawing(on: Paper(width: 120, theme: .light))
    #expect(drawing.width <= 120)
    #expect(!"\(drawing)".contains("seconds") && "\(drawing)".contains("…"))
  }

  @Test func `what is read by programs stays whole`() {
    #expect(table.csv.contains("dense 16 relu, dense 10") && table.csv.hasPrefix("#,network,seconds,best"))
  }
}
