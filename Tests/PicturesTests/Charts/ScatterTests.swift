import Testing

@testable import Pictures

@Suite("Points in the plane")
struct ScatterTests {
  private let groups = [
    Scatter.Group("a", mark: "a", Scatter.style(0), points: [(-1, -1), (0, 0)]),
    Scatter.Group("b", mark: "b", Scatter.style(1), points: [(1, 1), (.nan, 0), (0, .infinity)]),
  ]

  @Test func `points stand where they lie, and none that is not finite`() {
    let text = Scatter("title", axes: ("x", "y"), groups).text()
    #expect(text.hasPrefix("title   a   b\ny\n"))
    let plot = text.split(separator: "\n").dropFirst(2).filter { $0.contains("│") || $0.contains("┤") }
    #expect(plot.first?.hasSuffix("b") == true && plot.last?.contains("a") == true)
    #expect(plot.joined().count { $0 == "a" } == 2 && plot.joined().count { $0 == "b" } == 1)
  }

  @Test func `regions are told by characters where there is no colour, by colours where there is`() {
    let places = (0..<4).map { (group: $0 % 2, certainty: 1.0) }
    let regions = Scatter.Regions(x: -1...1, y: -1...1, columns: 2, rows: 2, places: places)
    let scatter = Scatter("t", axes: ("x", "y"), groups, regions: regions)
    let text = scatter.text()
    #expect(text.contains("taken for: · a  : b"))
    #expect(text.count { $0 == "·" } > 100 && text.count { $0 == ":" } > 100)
    let lines = scatter.lines(on: Canvas(width: 80, hasColour: true))
    #expect(lines.contains { $0.runs.contains { $0.style.background != nil } })
  }

  @Test func `a cell on a border holds both regions, one in each half`() {
    let places = (0..<3).map { (group: $0 % 2, certainty: 1.0) }
    let regions = Scatter.Regions(x: -1...1, y: -1...1, columns: 1, rows: 3, places: places)
    let lines = Scatter("t", axes: ("x", "y"), [], regions: regions).lines(on: Canvas(width: 80, hasColour: true))
    #expect(lines.contains { $0.text.contains("▀▀▀") })
  }

  @Test(arguments: Theme.allCases) func `a point can be read on its region, whatever class it is of`(theme: Theme) {
    let regions = Scatter.Regions(x: -2...2, y: -2...2, columns: 1, rows: 1, places: [(0, 1)])
    let scatter = Scatter("t", axes: ("x", "y"), groups, regions: regions)
    let lines = scatter.lines(on: Canvas(width: 80, hasColour: true, theme: theme))
    let marks = lines.dropFirst().flatMap(\.runs).filter { ["a", "b"].contains($0.text) }
    #expect(marks.count == 3)
    for mark in marks {
      guard case .ink(let front)? = mark.style.foreground, case .ink(let back)? = mark.style.background else {
        Issue.record("a point on a region has two colours")
        continue
      }
      let (light, dark) = (max(front.luminance, back.luminance), min(front.luminance, back.luminance))
      #expect((light + 0.05) / (dark + 0.05) > 4.5, "WCAG 2.1, AA")
    }
  }

  @Test func `a wide terminal gets a larger picture`() {
    let regions = Scatter.Regions(x: -2...2, y: -2...2, columns: 1, rows: 1, places: [(0, 1)])
    let scatter = Scatter("t", axes: ("x", "y"), groups, regions: regions)
    let (narrow, wide) = (80, 160)
    #expect(scatter.lines(on: Canvas(width: narrow, hasColour: true)).count == 25)
    #expect(scatter.lines(on: Canvas(width: wide, hasColour: true)).count == 35)
  }

  @Test(arguments: [10, 24, 40, 80, 300]) func `it is no wider than the canvas`(width: Int) {
    let scatter = Scatter(
      "a title", axes: ("x", "y"), groups, path: .init("line", .plain, points: [(-1, 0), (1, 0.5)]))
    #expect(
      scatter.lines(on: Canvas(width: max(20, width), hasColour: false)).allSatisfy { $0.columns <= max(20, width) })
  }

  @Test func `a line runs between its points and ends with them`() {
    let path = Scatter.Path("", .plain, points: [(0, 0), (2, 1)])
    #expect(path.value(at: 1) == 0.5 && path.value(at: 0) == 0 && path.value(at: 2) == 1)
    #expect(path.value(at: -0.1) == nil && path.value(at: 2.1) == nil)
  }

  @Test func `nothing to draw is said`() {
    let empty = Scatter("t", axes: ("x", "y"), [Scatter.Group("a", mark: "a", points: [])])
    #expect(empty.text() == "t: no points\n" && !empty.isGraphic)
    _ = empty.drawing(on: .page())
  }

  @Test(arguments: [(1e300, -1e300), (0, 0), (.leastNonzeroMagnitude, 0), (5, 5)]) func `extreme numbers are drawn too`(
    a: Double, b: Double
  ) {
    let scatter = Scatter("t", axes: ("x", "y"), [Scatter.Group("a", mark: "a", points: [(a, b), (b, a)])])
    #expect(!scatter.text().isEmpty)
    _ = scatter.drawing(on: .page(.dark))
  }

  @Test func `an axis may end where its range does`() {
    let scale = Scale(within: -1.3...1.7, steps: 4)
    #expect(scale.minimum == -1.3 && scale.maximum == 1.7 && scale.ticks.allSatisfy(scale.holds))
    #expect(scale.ticks.contains { abs($0) < 1e-9 })
  }
}
