import Testing

@testable import Pictures

@Suite("Drawings as files")
struct PrintTests {
  @Test("a PNG has two pixels a point, and the paper's colour at its edge", arguments: Theme.allCases)
  func png(theme: Theme) throws {
    let drawing = Page([Paragraph("text")]).drawing(on: .page())
    let raster = try Cairo().read(png: try Print(drawing, theme: theme).bytes(.png))
    #expect(raster.width == Int(2 * drawing.width) && raster.height == Int((2 * drawing.height).rounded(.up)))
    #expect(raster.pixels.first == theme.paper.pixel)
  }

  @Test(
    "a long picture has fewer pixels, one that is too long is refused with its size",
    arguments: [(20_000.0, true), (70_000, false)])
  func long(height: Double, fits: Bool) throws {
    let print = try Print(Drawing(width: 10, height: height), theme: .light)
    if fits {
      #expect(try print.bytes(.png).count > 100)
    } else {
      let error = #expect(throws: Undrawable.self) { try print.bytes(.png) }
      #expect(error?.message.contains("10 × 70000 points") == true)
      #expect(try print.bytes(.svg).count > 100)
    }
  }

  @Test("a word that is too long for its room is set smaller, then cut off")
  func room() {
    func fitted(_ text: String, _ room: Double?) -> (text: String, size: Double) {
      let run = Drawing.Label.Run(text: text, ink: Theme.light.ink)
      let label = Drawing.Label(runs: [run], place: .init(x: 0, y: 0), size: 10, room: room)
      let result = label.fitted { Double($0.text.count) * $1 }
      return (result.runs.map(\.text).joined(), result.size)
    }
    #expect(fitted("abcd", nil) == ("abcd", 10))
    #expect(fitted("abcd", 40) == ("abcd", 10))
    #expect(fitted("abcd", 36) == ("abcd", 9))
    #expect(fitted("abcdef", 30) == ("abc…", 7.5))
    #expect(fitted("abcdef", 1).text == "…")
  }

  @Test("drawings below each other keep their places, with margins")
  func stack() {
    var one = Drawing(width: 50, height: 20)
    one.box(0, 0, 50, 20, fill: Theme.light.ink)
    let all = Drawing.stack([one, one], gap: 10, margin: 5)
    #expect(all.width == 60 && all.height == 60)
    let tops = all.shapes.compactMap { if case .box(let box, _, _, _) = $0 { box.y } else { nil } }
    #expect(tops == [5, 35])
  }
}
