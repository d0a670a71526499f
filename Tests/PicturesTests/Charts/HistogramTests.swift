import Testing

@testable import Pictures

@Suite("Histograms")
struct HistogramTests {
  @Test("the most frequent numbers have the tallest bar, and the ends are named")
  func bars() {
    let lines = Histogram("h", [Float](repeating: 0, count: 8) + [-1, 1, 1], bars: 3).text().split(separator: "\n")
    #expect(lines[1] == " █ ")
    #expect(lines[5] == "▅██" && lines[4] == " █▂")
    #expect(lines[6] == "-1.00 1.00")
  }

  @Test(
    "no numbers, one number and numbers that are not finite can be drawn",
    arguments: [[], [5], [.nan, .infinity], [1, 1, 1]])
  func few(values: [Float]) throws {
    #expect(Histogram("h", values).lines(on: Canvas(width: 20, hasColour: true)).allSatisfy { $0.columns <= 20 })
    #expect(try Page([Histogram("h", values)]).file(.svg, theme: .dark).count > 100)
  }
}
