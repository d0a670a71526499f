import Testing

@testable import Pictures

@Suite("Diagrams of networks")
struct DiagramTests {
  private func diagram(_ units: [Int]) -> Diagram {
    Diagram(
      units.map {
        Diagram.Stage("dense \($0)", "relu", shape: "→ \($0)", parameters: "5 parameters", .units($0), hearsAll: true)
      })
  }

  private func circles(_ units: Int) -> Int {
    diagram([units]).drawing(on: .page()).shapes.count {
      if case .circle(_, radius: 6.5, _, _) = $0 { true } else { false }
    }
  }

  @Test(
    "units are circles up to ten; of more, the first and the last",
    arguments: [(1, 1), (2, 2), (10, 10), (11, 9), (100_000, 9)])
  func units(count: Int, drawn: Int) { #expect(circles(count) == drawn) }

  @Test("every unit of a dense layer is joined to every one before it")
  func joined() {
    let lines = diagram([3, 4]).drawing(on: .page()).shapes.count { if case .path = $0 { true } else { false } }
    #expect(lines == 12)
  }

  @Test("it fits into the window and onto the paper, however many layers there are", arguments: [20, 40, 80, 120, 200])
  func fits(width: Int) {
    for count in [1, 3, 8, 30] {
      let diagram = diagram([Int](repeating: 512, count: count))
      #expect(diagram.lines(on: Canvas(width: width, hasColour: false)).allSatisfy { $0.columns <= width })
      #expect(diagram.drawing(on: .page()).width <= Paper.page().width + 0.01)
    }
  }

  @Test("each layer says its name, activation, shapes and parameters")
  func says() {
    let text = diagram([512]).text()
    for word in ["dense 512", "relu", "→ 512", "5 parameters", "⋯"] { #expect(text.contains(word)) }
  }
}
