import Testing

@testable import Pictures

/// Figures that `Int(_:)` ends the program for, and their neighbours.
let extremes: [Double] = [
  .nan, .signalingNaN, .infinity, -.infinity, 1e30, -1e30, 1e308, -1e308, .greatestFiniteMagnitude, 0, -0.0,
  .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude / 8, 9.3e18, -9.3e18, 0.5, 255.5,
]

@Suite struct ClampingTests {
  @Test(arguments: extremes) func `every figure becomes a whole number within the range`(value: Double) {
    for range in [0...0, 0...255, -3...7, Int.min...Int.max, Int.max - 1...Int.max] {
      for rule in [FloatingPointRoundingRule.down, .up, .toNearestOrAwayFromZero] {
        #expect(range.contains(range.clamping(value, rule)))
      }
    }
  }

  @Test func `figures round as asked, and NaN is the lower bound`() {
    #expect((0...10).clamping(2.5) == 3 && (0...10).clamping(2.9, .down) == 2 && (0...10).clamping(2.1, .up) == 3)
    #expect((4...9).clamping(.nan) == 4 && (4...9).clamping(-.infinity) == 4 && (4...9).clamping(.infinity) == 9)
    #expect(UInt8(clamping: 254.6) == 255 && UInt8(clamping: -1) == 0 && UInt8(clamping: .nan) == 0)
  }

  @Test(arguments: extremes) func `a picture of extreme figures can be drawn everywhere`(value: Double) throws {
    for other in extremes {
      let values = [value, other, 1]
      let pictures: [any Picture] = [
        Histogram("numbers", values.map(Float.init)), Histogram("one", [Float(value)]),
        Curve(
          "curve", [.init("a", values: values), .init("b", strokes: .heavy, values: [other, nil, value])],
          labels: [1, 2, 3], marked: 1),
        Curve("point", [.init("a", values: [value])], labels: [1]),
        Table([.init("a")], rows: [[Line("x")]], bars: [.init(value)]),
      ]
      for picture in pictures {
        for width in [1, 9, 80] {
          #expect(!picture.lines(on: Canvas(width: width, hasColour: true)).isEmpty)
        }
        #expect(Page([picture]).drawing(on: Paper(width: value, theme: .dark)).height.isFinite)
      }
      #expect(Sparkline.text(values, columns: 2).count <= 2)
      let scale = Scale(value, other, steps: 5)
      #expect((1...20).contains(scale.ticks.count) && scale.ticks.allSatisfy { !scale.label($0).isEmpty })
      #expect(values.allSatisfy { (0...1).contains(scale.place($0)) && !scale.label($0).isEmpty })
    }
    #expect(ColourMap.cividis.ink(value, .dark).red <= 254)
  }

  @Test func `a histogram says how many numbers are not finite, and shows narrow spreads`() {
    let lines = Histogram("h", [.nan, 1, 2, .infinity], bars: 4).text().split(separator: "\n")
    #expect(lines[0] == "h; 2 not finite, left out")
    #expect(Histogram("h", [0, 1e-12] as [Float], bars: 2).text().split(separator: "\n")[1] == "██")
  }
}
