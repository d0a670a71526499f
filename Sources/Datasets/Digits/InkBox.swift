/// The box that MNIST fits a digit into, before it is laid on the larger sheet by its centre of mass.
struct InkBox {
  /// Pixels a side of the box, and of the sheet.
  static let side = 20
  static let sheetSide = 28

  /// Ink in each pixel, row by row; 1 is full, and more is the same.
  private let ink: UnsafeMutableBufferPointer<Float>

  /// A clean box kept in `ink`, room for `side` × `side`.
  init(ink: UnsafeMutableBufferPointer<Float>) {
    self.ink = ink
    ink.initialize(repeating: 0)
  }

  /// Draws a path with a round pen of so many pixels' radius, its edge fading over `softness` pixels.
  func draw(_ path: PenPath, radius: Float, softness: Float) {
    for index in 1..<path.count where !path[index].beginsStroke {
      let thickening = (path[index - 1].thickening + path[index].thickening) / 2
      let reach = radius * (1 + thickening) / softness + 0.5
      draw(from: path[index - 1], to: path[index], reach: reach, softness: softness)
    }
  }

  /// Inks a straight piece: a pixel whose middle is d away has reach − d / softness, unless it has more already.
  private func draw(
    from start: PenPath.Point, to end: PenPath.Point, reach: Float, softness: Float
  ) {
    let margin = reach * softness
    let columns = pixels(from: min(start.x, end.x) - margin, to: max(start.x, end.x) + margin)
    let rows = pixels(from: min(start.y, end.y) - margin, to: max(start.y, end.y) + margin)
    let alongX = end.x - start.x
    let alongY = end.y - start.y
    let perSquare = 1 / max(alongX * alongX + alongY * alongY, 1e-6)
    let perSoftness = 1 / softness
    // While loops: ranges are slow where a build is not optimised, and tests draw thousands.
    var row = rows.first
    while row < rows.end {
      let fromStartY = Float(row) + 0.5 - start.y
      var column = columns.first
      while column < columns.end {
        let fromStartX = Float(column) + 0.5 - start.x
        let projection = (fromStartX * alongX + fromStartY * alongY) * perSquare
        let part = projection < 0 ? 0 : projection > 1 ? 1 : projection
        let x = fromStartX - part * alongX
        let y = fromStartY - part * alongY
        let value = reach - (x * x + y * y).squareRoot() * perSoftness
        let pixel = row * InkBox.side + column
        if value > ink[pixel] { ink[pixel] = value }
        column += 1
      }
      row += 1
    }
  }

  /// The pixels of a row or column of the box that lie between two places.
  private func pixels(from low: Float, to high: Float) -> (first: Int, end: Int) {
    (Int(max(0, low)), min(InkBox.side, Int(max(0, high)) + 1))
  }

  /// Lays the box on a blank sheet, moved by whole pixels so that its centre of mass comes to the middle.
  func lay(on sheet: UnsafeMutableBufferPointer<UInt8>) {
    sheet.update(repeating: 0)
    let (left, top) = corner()
    for row in 0..<InkBox.side {
      for column in 0..<InkBox.side {
        let value = min(ink[row * InkBox.side + column], 1)
        sheet[(row + top) * InkBox.sheetSide + column + left] = UInt8(value * 255 + 0.5)
      }
    }
  }

  /// Where the box's first pixel goes on the sheet.
  private func corner() -> (left: Int, top: Int) {
    var (mass, momentX, momentY): (Float, Float, Float) = (0, 0, 0)
    for row in 0..<InkBox.side {
      for column in 0..<InkBox.side {
        let value = min(ink[row * InkBox.side + column], 1)
        mass += value
        momentX += value * Float(column)
        momentY += value * Float(row)
      }
    }
    return (shift(centre: momentX / mass), shift(centre: momentY / mass))
  }

  /// The whole number of pixels that brings a centre nearest to 14, and no ink over the edge of the sheet.
  private func shift(centre: Float) -> Int {
    max(0, min(InkBox.sheetSide - InkBox.side, Int(14.5 - centre)))
  }
}
