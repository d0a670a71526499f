import Foundation
import Testing

@testable import Pictures

@Suite("Grids of small pictures")
struct TileGridTests {
  private func tile(_ caption: Line = "7", width: Int, height: Int, _ level: UInt8 = 255) -> TileGrid.Tile {
    let pixels = [UInt8](repeating: level, count: width * height)
    return TileGrid.Tile([caption], pixels: pixels[...], width: width, height: height)
  }

  private func lines(_ tiles: [TileGrid.Tile], width: Int, hasColour: Bool = false) -> [String] {
    TileGrid(tiles).lines(on: Canvas(width: width, hasColour: hasColour)).map(\.text)
  }

  /// What `show errors` shows: labels, and a note for tiles that are wide enough.
  private func errors(_ count: Int, names: (String, String) = ("5", "×6")) -> TileGrid {
    TileGrid(
      (0..<count).map { index in
        let pixels = (0..<784).map { UInt8(($0 * 7 + index) % 256) }
        return TileGrid.Tile(
          [Line(names.0, Style(.blue)), Line(names.1, Style(.red))], note: "#\(index) 5% ×9%", pixels: pixels[...],
          width: 28,
          height: 28)
      })
  }

  @Test(
    "without colours a picture is fourteen cells wide, denser characters for brighter pixels",
    arguments: [
      (0, " "), (64, ":"), (128, "="), (255, "@"),
    ])
  func characters(level: UInt8, character: String) {
    let lines = lines([tile(width: 28, height: 28, level)], width: 80)
    #expect(lines.count == 1 + 7 + 1)
    #expect(lines.dropFirst().dropLast().allSatisfy { $0 == String(repeating: character, count: 14) })
  }

  @Test("with colours a picture alone has its full size", arguments: [1, 2, 3])
  func alone(count: Int) {
    let lines = lines(
      [TileGrid.Tile](repeating: tile(width: 28, height: 28), count: count), width: 120, hasColour: true)
    #expect(lines.count == 1 + 14 + 1)
    #expect(lines[1].columns == count * 30 - 2)
  }

  @Test("no line is wider than the window, and every picture is there", arguments: [20, 40, 80, 120, 200])
  func fits(width: Int) {
    for hasColour in [false, true] {
      for count in [1, 9, 20, 100] {
        let lines = errors(count).lines(on: Canvas(width: width, hasColour: hasColour)).map(\.text)
        #expect(lines.allSatisfy { $0.columns <= width })
        #expect(lines.reduce(0) { $0 + $1.components(separatedBy: "5 ×6").count - 1 } == count)
      }
    }
  }

  @Test("a hundred are ten rows of ten from 80 columns on", arguments: [80, 120, 200])
  func hundred(width: Int) {
    let lines = errors(100).lines(on: Canvas(width: width, hasColour: true)).map(\.text)
    #expect(
      lines.filter { $0.contains("5 ×6") }.map { $0.components(separatedBy: "5 ×6").count - 1 }
        == [Int](repeating: 10, count: 10))
    #expect(lines.contains { $0.contains("#0 5% ×9%") } == (width >= 120))
  }

  @Test("a note of several colours stands on two lines where only that fits")
  func notes() {
    let note = Line("#2654 ", .dim) + Line("0%", Style(.blue)) + Line(" ×100%", Style(.red))
    let tile = TileGrid.Tile(["6"], note: note, pixels: [UInt8](repeating: 0, count: 64)[...], width: 8, height: 8)
    let narrow = TileGrid([TileGrid.Tile](repeating: tile, count: 20)).lines(on: Canvas(width: 80, hasColour: true))
    #expect(narrow.contains { $0.text.hasPrefix("#2654       #2654") })
    #expect(narrow.contains { $0.text.hasPrefix("0% ×100%    0% ×100%") })
    let wide = TileGrid([tile]).lines(on: Canvas(width: 80, hasColour: true))
    #expect(wide.contains { $0.text.hasPrefix("#2654 0% ×100%") })
  }

  @Test("labels that are words stand below each other, and are cut where they have to be", arguments: [20, 40, 80])
  func words(width: Int) {
    let lines = errors(3, names: ("Ankle boot", "×Sneaker")).lines(on: Canvas(width: width, hasColour: false)).map(
      \.text)
    #expect(lines.allSatisfy { $0.columns <= width })
    #expect(lines[0].hasPrefix("Ankle boot") && lines[1].hasPrefix("×Sneaker"))
  }

  @Test(
    "pictures that are no squares keep their shape", arguments: [(28, 14, 4), (14, 28, 14), (784, 1, 1), (3, 1, 3)])
  func shapes(width: Int, height: Int, rows: Int) {
    for hasColour in [false, true] {
      let lines = lines([tile(width: width, height: height)], width: 80, hasColour: hasColour)
      #expect(lines.count >= 3 && lines.allSatisfy { $0.columns <= 80 })
      if !hasColour { #expect(lines.count == rows + 2) }
    }
  }

  @Test("on paper ten stand in a row, and all are drawn", arguments: [(1, 1), (10, 10), (100, 10)])
  func paper(count: Int, perRow: Int) {
    let drawing = errors(count).drawing(on: .page())
    let boxes = drawing.shapes.compactMap { if case .image(_, let box, _) = $0 { box } else { nil } }
    #expect(boxes.count == count)
    #expect(boxes.count { $0.y == boxes.first?.y } == perRow)
    #expect(boxes.allSatisfy { $0.x + $0.width <= Paper.page().width + 0.01 })
    #expect(abs(drawing.width - (boxes.map { $0.x + $0.width }.max() ?? 0)) < 0.01, "no empty field beside them")
  }

  @Test("no pictures are no lines and no shapes")
  func none() {
    #expect(lines([], width: 80) == [])
    #expect(TileGrid([]).drawing(on: .page()).shapes.isEmpty)
    #expect(!TileGrid([]).isGraphic)
  }
}
