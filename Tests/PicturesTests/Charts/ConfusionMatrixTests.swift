import Testing

@testable import Pictures

@Suite("Matrices of counts")
struct ConfusionMatrixTests {
  private let digits = ConfusionMatrix(
    labels: (0..<10).map(String.init),
    counts: (0..<10).map { row in (0..<10).map { $0 == row ? 980 : ($0 + row) % 4 } })

  @Test("both axes are named, rows have their sum and their share that is right")
  func named() {
    let text = ConfusionMatrix(labels: ["cat", "dog"], counts: [[2, 1], [0, 0]]).text()
    #expect(
      text == """
              predicted →
        true cat  dog   all   right
        ───────────────────────────
        cat    2    1     3  66.7 %
        dog    ·    ·     0       –

        """)
  }

  @Test(
    "it fits into the window, and where it cannot, what each class is taken for is told",
    arguments: [20, 40, 60, 80, 120, 200])
  func fits(width: Int) {
    for hasColour in [false, true] {
      let lines = digits.lines(on: Canvas(width: width, hasColour: hasColour)).map(\.text)
      #expect(lines.allSatisfy { $0.columns <= width }, "\(lines)")
      #expect(lines.contains { $0.contains("980") } == (width >= 60))
      if width < 60 { #expect(lines.count == 11 && lines[1].contains("3×")) }
    }
  }

  @Test("few mistakes are coloured on a scale of their own, beside a diagonal of 98 %")
  func scales() {
    let lines = digits.lines(on: Canvas(width: 80, hasColour: true))
    let backgrounds = lines.flatMap(\.runs).compactMap(\.style.background)
    let inks = backgrounds.compactMap { if case .ink(let ink) = $0 { ink } else { nil } }
    #expect(inks.contains { $0.blue > 150 } && inks.contains { $0.red > 150 && $0.blue < 60 })
  }

  @Test("one class, and none, can be drawn", arguments: [0, 1, 2, 40])
  func sizes(count: Int) throws {
    let matrix = ConfusionMatrix(
      labels: (0..<count).map { "class \($0)" },
      counts: [[Int]](repeating: [Int](repeating: 1, count: count), count: count))
    #expect(matrix.lines(on: Canvas(width: 80, hasColour: true)).allSatisfy { $0.columns <= 80 })
    #expect(try Page([matrix]).file(.png, theme: .light).count > 100)
  }
}
