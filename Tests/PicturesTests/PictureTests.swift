import Testing

@testable import Pictures

@Suite struct PictureTests {
  private static let curve = Curve("loss", [.init("a", values: [3, 2, 1])], labels: [1, 2, 3], marked: 2)
  private static let tiles = TileGrid([
    TileGrid.Tile([Line("5")], pixels: [UInt8](repeating: 9, count: 784)[...], width: 28, height: 28)
  ])

  @Test(arguments: [12, 20, 30, 40, 100]) func `pictures that can be smaller give way so that all fit`(rows: Int) {
    let pictures: [any Picture] = [PictureTests.curve, PictureTests.tiles, Paragraph([Line("a"), Line("b")])]
    let canvas = Canvas(width: 80, hasColour: true)
    let heights = pictures.heights(on: canvas, rows: rows)
    let lines = zip(pictures, heights).map { picture, height in
      picture.lines(on: Canvas(width: 80, hasColour: true, rows: height)).count
    }
    let natural = pictures.map { $0.lines(on: canvas).count }
    #expect(rows < 20 || lines.reduce(0, +) <= rows, "\(lines) of \(natural)")
    #expect(heights.last == .some(nil) && zip(lines, natural).allSatisfy { $0 <= $1 })
    if natural.reduce(0, +) <= rows { #expect(lines == natural) }
  }

  @Test(arguments: [1, 2, 3, 5, 50]) func `columns= makes fewer and larger tiles`(columns: Int) {
    let tile = TileGrid.Tile([Line("5")], pixels: [UInt8](repeating: 9, count: 64)[...], width: 8, height: 8)
    let grid = TileGrid([TileGrid.Tile](repeating: tile, count: 6), columns: columns)
    let lines = grid.lines(on: Canvas(width: 60, hasColour: true))
    #expect(lines.allSatisfy { $0.columns <= 60 })
    #expect(lines.first.map { $0.text.count { $0 == "5" } } == min(columns, 6))
    #expect(grid.drawing(on: .page()).width <= Paper.page().width + 1)
  }
}
