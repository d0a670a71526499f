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

  /// Bytes as colours of a map.
  init(_ bytes: ArraySlice<UInt8>, width: Int, height: Int, _ map: ColourMap, _ theme: Theme) {
    let colours = map.pixels(theme)
    self.init(width: width, height: height, pixels: bytes.map { colours[Int($0)] })
  }
}
