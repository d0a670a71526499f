extension TileGrid {
  public func lines(on canvas: Canvas) -> [Line] {
    guard !tiles.isEmpty else { return [] }
    let sizes = Cells.fitting(tiles, canvas, columns)
    let pictures = canvas.hasColour ? blocks(sizes, canvas.theme) : nil
    return stride(from: 0, to: tiles.count, by: sizes.perRow).flatMap { first in
      row(first..<min(first + sizes.perRow, tiles.count), sizes, pictures)
    }
  }

  /// How many cells everything takes.
  private struct Cells {
    let width: Int
    let height: Int
    let gap: Int
    let perRow: Int
    let isOneLine: Bool
    /// Lines below a picture: its note on one, or on two where only that fits, or none.
    let notes: Int
    var columns: Int { perRow * (width + gap) - gap }

    /// - Parameters:
    ///   - columns: pictures in a row that were asked for.
    ///   - widest: cells of a picture at most.
    init(_ tiles: [TileGrid.Tile], _ canvas: Canvas, _ columns: Int?, _ widest: Int = .max) {
      let aspect = tiles.map(\.aspect).max() ?? 1
      let isStrip = aspect < 0.2
      let wish = isStrip ? canvas.width : Cells.wish(tiles.count, hasColour: canvas.hasColour)
      var (width, gap) = (min(wish, canvas.width), 2)
      if tiles.count > 50, canvas.hasColour, !isStrip {
        // Ten a row where that leaves them readable.
        (width, gap) = (min(16, max(7, (canvas.width + 1) / TileGrid.perRow - 1)), 1)
      }
      if let columns {
        gap = columns * 3 <= canvas.width ? 2 : 0
        width = max(1, (canvas.width + gap) / columns - gap)
      }
      width = min(width, widest)
      // Labels that are words want more room than digits, but no more than their picture needs doubled.
      let longest = tiles.map { $0.labels.map(\.columns).max() ?? 0 }.max() ?? 0
      self.width = columns == nil ? max(1, min(canvas.width, max(width, min(longest, 2 * width)))) : width
      self.gap = gap
      let cells = self.width
      if let columns {
        perRow = max(1, min(columns, canvas.width / cells))
      } else {
        perRow = max(1, min(tiles.count > 50 ? TileGrid.perRow : tiles.count, (canvas.width + gap) / (cells + gap)))
      }
      height = (1...Int(Int32.max)).clamping(Double(width) * aspect / 2, .up)
      let all = self.width
      isOneLine = tiles.allSatisfy { $0.caption.columns <= all }
      let notes = tiles.map(\.note)
      self.notes =
        notes.allSatisfy(\.runs.isEmpty) ? 0
        : notes.allSatisfy { $0.columns <= all } ? 1
        : notes.allSatisfy { $0.runs.count > 1 && $0.halves.allSatisfy { $0.columns <= all } } ? 2 : 0
    }

    /// The sizes that fit into the canvas's rows, as large as can be; the usual ones where none does.
    static func fitting(_ tiles: [TileGrid.Tile], _ canvas: Canvas, _ columns: Int?) -> Cells {
      let standard = Cells(tiles, canvas, columns)
      guard let rows = canvas.rows, standard.lines(tiles) > rows else { return standard }
      for widest in stride(from: standard.width - 1, through: narrowest, by: -1) {
        let smaller = Cells(tiles, canvas, columns, widest)
        if smaller.lines(tiles) <= rows { return smaller }
      }
      return standard
    }

    /// Cells below which a picture shows nothing.
    private static let narrowest = 6

    /// Lines of all of them.
    private func lines(_ tiles: [TileGrid.Tile]) -> Int {
      let labels = isOneLine ? 1 : tiles.map(\.labels.count).max() ?? 0
      return (tiles.count + perRow - 1) / perRow * (labels + height + notes + 1)
    }

    /// Fewer pictures may be larger; characters without colours need twice the cells that colours do.
    private static func wish(_ count: Int, hasColour: Bool) -> Int {
      guard hasColour else { return 14 }
      return count <= 3 ? 28 : count <= 10 ? 14 : 10
    }
  }

  /// Every row of tiles as cells, its lines one below the other; nil when the libraries are not there.
  private func blocks(_ sizes: Cells, _ theme: Theme) -> [Line]? {
    let rows = (tiles.count + sizes.perRow - 1) / sizes.perRow
    let side = Double(Mosaic.side)
    var drawing = Drawing(width: Double(sizes.columns) * side, height: Double(rows * sizes.height) * side)
    for (index, tile) in tiles.enumerated() {
      let (column, row) = (index % sizes.perRow, index / sizes.perRow)
      let height = max(side, min(Double(sizes.height), Double(picture(sizes)) * tile.aspect / 2) * side)
      let box = Drawing.Box(
        x: Double(column * (sizes.width + sizes.gap)) * side, y: Double(row * sizes.height) * side,
        width: Double(picture(sizes)) * side, height: tile.aspect > 0.8 ? Double(sizes.height) * side : height)
      let raster = Raster(tile.pixels, width: tile.width, height: tile.height, map, theme)
      drawing.image(raster, box, isSmooth: tile.width > 10)
    }
    guard let pixels = try? Print(drawing, theme: theme, hasPaper: false).raster(scale: 1) else { return nil }
    return try? Mosaic.lines(pixels, columns: sizes.columns, rows: rows * sizes.height)
  }

  /// Cells of a picture's width; its labels may be wider.
  private func picture(_ sizes: Cells) -> Int {
    let aspect = tiles.map(\.aspect).max() ?? 1
    return aspect < 0.2
      ? sizes.width : (1...sizes.width).clamping(Double(sizes.height) * 2 / aspect, .down)
  }

  private func row(_ range: Range<Int>, _ sizes: Cells, _ pictures: [Line]?) -> [Line] {
    let tiles = tiles[range]
    func beside(_ cells: [Line]) -> Line {
      var line = Line()
      for (index, cell) in cells.enumerated() {
        if index > 0 { line.append(String(repeating: " ", count: sizes.gap)) }
        line = line + cell.cut(to: sizes.width).padded(to: sizes.width)
      }
      return line
    }
    let labels = tiles.map { sizes.isOneLine ? [$0.caption] : $0.labels }
    let head = (0..<(labels.map(\.count).max() ?? 0)).map { index in
      beside(labels.map { index < $0.count ? $0[index] : Line() })
    }
    let notes = (0..<sizes.notes).map { part in
      beside(tiles.map { sizes.notes == 1 ? $0.note : $0.note.halves[part] })
    }
    let start = range.lowerBound / sizes.perRow * sizes.height
    let body = pictures.map { Array($0[start..<start + sizes.height]) } ?? characters(tiles, sizes).map(beside)
    return head + body + notes + [Line()]
  }

  /// One character a cell, denser characters for more; a row of cells for each of its lines.
  private func characters(_ tiles: ArraySlice<Tile>, _ sizes: Cells) -> [[Line]] {
    let ramp = Array(" .:-=+*#%@")
    let columns = picture(sizes)
    return (0..<sizes.height).map { row in
      tiles.map { tile in
        Line(
          String(
            (0..<columns).map { column in
              ramp[Int(tile.mean(column, of: columns, row, of: sizes.height)) * (ramp.count - 1) / 255]
            }))
      }
    }
  }
}

extension Line {
  /// Its first stretch of one style, and the rest.
  fileprivate var halves: [Line] {
    guard let first = runs.first else { return [self, Line()] }
    let head = Line(first.text.hasSuffix(" ") ? String(first.text.dropLast()) : first.text, first.style)
    return [head, runs.dropFirst().reduce(Line()) { $0 + Line($1.text, $1.style) }]
  }
}

extension TileGrid.Tile {
  /// The mean of the pixels in one cell of a grid over the picture.
  fileprivate func mean(_ column: Int, of columns: Int, _ row: Int, of rows: Int) -> UInt8 {
    let left = column * width / columns
    let right = max(left + 1, (column + 1) * width / columns)
    let top = row * height / rows
    let bottom = max(top + 1, (row + 1) * height / rows)
    var sum = 0
    for y in top..<bottom {
      for x in left..<right { sum += Int(pixels[pixels.startIndex + y * width + x]) }
    }
    return UInt8(sum / ((bottom - top) * (right - left)))
  }
}
