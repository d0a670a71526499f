import Testing

@testable import Pictures

@Suite("Curves")
struct CurveTests {
  private func curve(_ training: [Double?], _ validation: [Double?] = [], marked: Int? = nil) -> Curve {
    let series =
      [Curve.Series("training", Style(.blue), values: training)]
      + (validation.isEmpty ? [] : [Curve.Series("validation", strokes: .heavy, Style(.yellow), values: validation)])
    return Curve("loss", series, labels: Array(1...max(1, training.count)), marked: marked)
  }

  @Test("characters draw a line with axes, numbers, both names and the best epoch")
  func drawn() {
    let text = curve([1, 0.5, 0.25, 0.125, 0], [0.8, 0.6, 0.5, 0.5, 0.6], marked: 2).text(
      on: Canvas(width: 60, hasColour: false))
    #expect(text.hasPrefix("loss   ── training   ━━ validation\n1.0 ┤"))
    #expect(text.contains("\n0.0 ┤"))
    #expect(text.contains("▲ best: epoch 3"))
    for stroke in "─╮╰━" { #expect(text.contains(stroke)) }
  }

  @Test("no line is wider than the window", arguments: [20, 40, 80, 120, 200])
  func fits(width: Int) {
    for count in [1, 2, 5, 50, 1000] {
      let values = (0..<count).map { 1 / Double($0 + 1) }
      let lines = curve(values, values.map { $0 * 1.1 }, marked: count - 1).lines(
        on: Canvas(width: width, hasColour: true))
      #expect(lines.allSatisfy { $0.columns <= max(width, 24) }, "\(count): \(lines.map(\.text))")
    }
  }

  @Test("what is not finite leaves a gap, and nothing at all is said")
  func gaps() {
    #expect(curve([.nan, .infinity]).text() == "loss: no figures\n")
    #expect(!curve([.nan]).isGraphic)
    #expect(curve([1, .nan, 0.5, nil, 0.2]).text().contains("─"))
    #expect(curve([0.5, 0.5, 0.5]).text().contains("─"))
  }

  @Test("on paper each series is a path with its points, broken at gaps, and the second is dashed")
  func paper() {
    let shapes = curve([3, 2, .nan, 1, 0.5], [3, 3, 3, 3, 3], marked: 4).drawing(on: .page()).shapes
    let paths = shapes.compactMap {
      if case .path(let points, _, 1.8, let dashes) = $0 { (points.count, dashes.isEmpty) } else { nil }
    }
    // The legend draws two more, of two points each.
    #expect(
      paths.count { $0 == (2, true) } == 3 && paths.count { $0 == (5, false) } == 1
        && paths.count { $0 == (2, false) } == 1)
  }

  @Test func `five lines are told apart without colour`() {
    let series = Curve.Strokes.allCases.enumerated().map { place, strokes in
      Curve.Series("line \(place)", strokes: strokes, values: [Double(place), Double(place) + 0.5])
    }
    let text = Curve("loss", series, labels: [1, 2]).text(on: Canvas(width: 100, hasColour: false))
    for strokes in ["──", "━━", "══", "╌╌", "╍╍"] { #expect(text.split(separator: strokes).count > 2, "\(text)") }
  }
}
