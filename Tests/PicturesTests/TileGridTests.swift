import Testing

@testable import Pictures

@Suite("Grids of small pictures")
struct TileGridTests {
  private func tile(_ caption: Line = "7", width: Int, height: Int, _ level: UInt8 = 255) -> TileGrid.Tile {
    TileGrid.Tile(caption, pixels: [UInt8](repeating: level, count: width * height), width: width, height: height)
  }

  private func lines(_ tiles: [TileGrid.Tile], width: Int, hasColour: Bool = false) -> [String] {
    TileGrid(tiles).lines(on: Canvas(width: width, hasColour: hasColour)).map(\.text)
  }

  @Test("characters take two by four pixels a cell; edges that do not fill one are averaged over what is there", arguments: [
    (1, 1, 1, 1), (4, 4, 2, 1), (5, 5, 3, 2), (28, 28, 14, 7), (3, 1, 2, 1), (1, 9, 1, 3),
  ])
  func characters(width: Int, height: Int, columns: Int, rows: Int) {
    let lines = lines([tile(width: width, height: height)], width: 80)
    #expect(lines.count == rows + 2)
    #expect(lines.dropFirst().dropLast().allSatisfy { $0 == String(repeating: "@", count: columns) })
    #expect(lines.last == "")
  }

  @Test("alone and in colour a picture has its full size: two pixels above each other a cell")
  func blocks() {
    let lines = lines([tile(width: 28, height: 28)], width: 80, hasColour: true)
    #expect(lines.count == 16)
    #expect(lines[1] == String(repeating: "▀", count: 28))
    let odd = TileGrid([tile(width: 2, height: 3, 200)]).lines(on: Canvas(width: 80, hasColour: true))
    #expect(odd[2].runs.first?.style == Style(.grey(200), background: .grey(0)))
  }

  @Test("no line is wider than the canvas where one picture fits", arguments: [14, 15, 30, 31, 79, 80, 200])
  func fits(width: Int) {
    for hasColour in [false, true] {
      let lines = lines([TileGrid.Tile](repeating: tile(width: 28, height: 28), count: 9), width: width, hasColour: hasColour)
      #expect(lines.allSatisfy { $0.columns <= width })
      #expect(lines.reduce(0) { $0 + $1.filter { $0 == "7" }.count } == 9)
    }
  }

  @Test("a caption wider than its picture makes room for itself")
  func captions() {
    let lines = lines([tile("計算 ×長い", width: 4, height: 4), tile("b", width: 4, height: 4)], width: 80)
    #expect(lines[0] == "計算 ×長い  b         ")
    #expect(lines[1] == "@@          @@        ")
  }

  @Test("brighter pixels have denser characters", arguments: [(0, " "), (64, ":"), (128, "="), (255, "@")])
  func ramp(level: UInt8, character: String) {
    #expect(lines([tile(width: 2, height: 4, level)], width: 80)[1] == character)
  }

  @Test("no pictures are no lines")
  func none() { #expect(lines([], width: 80) == []) }
}
