/// Small pictures side by side, each with labels above it.
public struct TileGrid: Picture {
  /// One picture of `width`×`height` bytes.
  public struct Tile: Sendable {
    /// What stands above: side by side where there is room, otherwise below each other.
    public let labels: [Line]
    /// What stands below where there is room.
    public let note: Line
    public let pixels: ArraySlice<UInt8>
    public let width: Int
    public let height: Int

    public init(_ labels: [Line], note: Line = Line(), pixels: ArraySlice<UInt8>, width: Int, height: Int) {
      precondition(pixels.count == width * height, "a tile has width × height pixels")
      self.labels = labels
      self.note = note
      self.pixels = pixels
      self.width = width
      self.height = height
    }

    /// The labels on one line.
    var caption: Line { labels.dropFirst().reduce(labels.first ?? Line()) { $0 + Line(" ") + $1 } }
    /// Height a width.
    var aspect: Double { Double(height) / Double(width) }
  }

  /// As many pictures a row as the book's example has.
  static let perRow = 10

  let tiles: [Tile]
  let map: ColourMap
  /// Pictures in a row; nil for as many as the width and their number suggest.
  let columns: Int?
  public let table: Table?

  /// - Parameters:
  ///   - columns: pictures in a row, 1 or more; nil for as many as the width and their number suggest.
  ///   - table: the same in words, for files that hold a table.
  public init(_ tiles: [Tile], map: ColourMap = .writing, columns: Int? = nil, table: Table? = nil) {
    self.columns = columns.map { max(1, $0) }
    self.tiles = tiles
    self.map = map
    self.table = table
  }

  public var isGraphic: Bool { !tiles.isEmpty }

  public func drawing(on paper: Paper) -> Drawing {
    guard let first = tiles.first else { return Drawing(width: 0, height: 0) }
    let gap = 10.0
    let fitting = (1...TileGrid.perRow).clamping((paper.width + gap) / (46 + gap), .down)
    let perRow = columns ?? (first.aspect < 0.2 ? 1 : min(tiles.count, TileGrid.perRow, fitting))
    let maximum = first.aspect < 0.2 || columns != nil ? paper.width : tiles.count == 1 ? 168 : 112
    let size = max(1, min((paper.width + gap) / Double(perRow) - gap, maximum))
    let isOneLine = tiles.allSatisfy { Typeface.width($0.caption, size: Typeface.body) <= size }
    let head = Double(isOneLine ? 1 : tiles.map(\.labels.count).max() ?? 0) * 14
    let widest = tiles.map { Typeface.width($0.note, size: Typeface.small) }.max() ?? 0
    let noteSize = Typeface.small * min(1, (size + 2) / max(1, widest))
    let foot = tiles.allSatisfy(\.note.runs.isEmpty) ? 0 : 13.0
    let picture = tiles.map(\.aspect).max().map { max(6, $0 * size) } ?? size
    let step = head + picture + foot + gap
    // Wide paper stays as wide as the tiles on it: a terminal would show the rest as an empty field.
    let width = Double(min(perRow, tiles.count)) * (size + gap) - gap
    var drawing = Drawing(width: min(paper.width, width), height: 0)
    for (index, tile) in tiles.enumerated() {
      let (column, row) = (index % perRow, index / perRow)
      let one = draw(tile, size, head: head, isOneLine: isOneLine, noteSize: noteSize, paper.theme)
      drawing.place(one, x: Double(column) * (size + gap), y: Double(row) * step)
    }
    return drawing
  }

  private func draw(
    _ tile: Tile, _ size: Double, head: Double, isOneLine: Bool, noteSize: Double, _ theme: Theme
  ) -> Drawing {
    let height = max(6, tile.aspect * size)
    var drawing = Drawing(width: size, height: head + height)
    for (index, label) in (isOneLine ? [tile.caption] : tile.labels).enumerated() {
      drawing.line(label, 0, Double(index) * 14 + 10, theme, room: size)
    }
    let raster = Raster(tile.pixels, width: tile.width, height: tile.height, map, theme)
    drawing.image(raster, Drawing.Box(x: 0, y: head, width: size, height: height))
    drawing.box(0, head, size, height, line: theme.rule)
    drawing.line(tile.note, size / 2, head + height + 10, theme, size: max(5.5, noteSize), .middle, room: size + 4)
    return drawing
  }
}
