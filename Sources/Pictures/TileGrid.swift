/// Small grey pictures side by side, each with a caption above it.
public struct TileGrid: Picture {
  /// One picture of `width`×`height` bytes, 0 black … 255 white.
  public struct Tile: Sendable {
    public let caption: Line
    public let pixels: [UInt8]
    public let width: Int
    public let height: Int

    public init(_ caption: Line, pixels: [UInt8], width: Int, height: Int) {
      precondition(pixels.count == width * height, "a tile has width × height pixels")
      self.caption = caption
      self.pixels = pixels
      self.width = width
      self.height = height
    }
  }

  private let tiles: [Tile]

  public init(_ tiles: [Tile]) { self.tiles = tiles }

  public func lines(on canvas: Canvas) -> [Line] {
    guard let widest = tiles.map(\.width).max() else { return [] }
    // One row of tiles may be as large as the pixels; more are drawn at half the size, which digits survive.
    let isRoomy = canvas.hasColour && tiles.count * (widest + 2) <= canvas.width
    let factor = isRoomy ? 1 : 2
    let cell = max((widest + factor - 1) / factor, tiles.map(\.caption.columns).max() ?? 0)
    let perRow = max(1, (canvas.width + 2) / (cell + 2))
    return stride(from: 0, to: tiles.count, by: perRow).flatMap { first in
      row(tiles[first..<min(first + perRow, tiles.count)], cell: cell, factor: factor, canvas)
    }
  }

  private func row(_ tiles: ArraySlice<Tile>, cell: Int, factor: Int, _ canvas: Canvas) -> [Line] {
    let columns = tiles.map { tile in
      [tile.caption] + (canvas.hasColour ? tile.blocks(factor) : tile.characters(factor))
    }
    let height = columns.map(\.count).max() ?? 0
    return (0..<height).map { y in
      var line = Line()
      for (index, column) in columns.enumerated() {
        if index > 0 { line.append("  ") }
        line = line + (y < column.count ? column[y] : Line()).padded(to: cell)
      }
      return line
    } + [Line()]
  }
}

extension TileGrid.Tile {
  /// Two pixels above each other a cell, by the upper half block in the colour of one on the colour of the other.
  fileprivate func blocks(_ factor: Int) -> [Line] {
    stride(from: 0, to: height, by: 2 * factor).map { y in
      var line = Line()
      for x in stride(from: 0, to: width, by: factor) {
        let upper = mean(x, y, factor, factor)
        let lower = mean(x, y + factor, factor, factor)
        line.append("▀", Style(.grey(upper), background: .grey(lower)))
      }
      return line
    }
  }

  /// One character a cell, darker characters for brighter pixels.
  fileprivate func characters(_ factor: Int) -> [Line] {
    let ramp = Array(" .:-=+*#%@")
    return stride(from: 0, to: height, by: 2 * factor).map { y in
      Line(String(stride(from: 0, to: width, by: factor).map { x in
        ramp[Int(mean(x, y, factor, 2 * factor)) * (ramp.count - 1) / 255]
      }))
    }
  }

  private func mean(_ x: Int, _ y: Int, _ columns: Int, _ rows: Int) -> UInt8 {
    var sum = 0
    var count = 0
    for row in y..<min(y + rows, height) {
      for column in x..<min(x + columns, width) {
        sum += Int(pixels[row * width + column])
        count += 1
      }
    }
    return count == 0 ? 0 : UInt8(sum / count)
  }
}
