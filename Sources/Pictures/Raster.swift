/// Pixels in rows, as Cairo keeps them: alpha, red, green, blue, each 8 bits, the colours multiplied by alpha.
public struct Raster: Equatable, Sendable {
  public let width: Int
  public let height: Int
  public internal(set) var pixels: [UInt32]

  init(width: Int, height: Int, pixels: [UInt32]) {
    precondition(pixels.count == width * height, "a raster has width × height pixels")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The same, grown to multiples of a width and a height; the first pixel's colour fills what is new.
  func padded(width unit: Int, height tall: Int) -> Raster {
    let (columns, rows) = ((width + unit - 1) / unit * unit, (height + tall - 1) / tall * tall)
    var all = [UInt32](repeating: pixels.first ?? 0, count: columns * rows)
    for row in 0..<height {
      all.replaceSubrange(row * columns..<row * columns + width, with: pixels[row * width..<(row + 1) * width])
    }
    return Raster(width: columns, height: rows, pixels: all)
  }

  /// Bytes as colours of a map.
  init(_ bytes: ArraySlice<UInt8>, width: Int, height: Int, _ map: ColourMap, _ theme: Theme) {
    let colours = map.pixels(theme)
    self.init(width: width, height: height, pixels: bytes.map { colours[Int($0)] })
  }
}
