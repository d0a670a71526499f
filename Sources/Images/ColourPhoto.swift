/// An image file in colour, upright.
public struct ColourPhoto: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// Red, green and blue of each pixel, 0 … 255, row by row.
  public let colours: [UInt8]

  /// - Precondition: there are three bytes for each pixel.
  public init(width: Int, height: Int, colours: [UInt8]) {
    precondition(colours.count == 3 * width * height, "a photo has width × height pixels of three bytes")
    (self.width, self.height, self.colours) = (width, height, colours)
  }

  /// Reads a PNG or a JPEG, told by its first bytes, and turns it as its camera says.
  /// - Throws: `Unreadable` that says what is wrong with the file, or what to install.
  public init(_ bytes: [UInt8]) throws(Unreadable) {
    if bytes.starts(with: PNG.signature) {
      self = try PNG(bytes).colours()
    } else if bytes.starts(with: JPEG.signature) {
      self = try JPEG(bytes).colours()
    } else {
      throw Unreadable(message: "this is neither a PNG nor a JPEG, whatever its name says")
    }
  }

  /// Whether every pixel is grey.
  public var isGrey: Bool {
    for place in stride(from: 0, to: colours.count, by: 3) {
      let red = colours[place]
      if colours[place + 1] != red || colours[place + 2] != red { return false }
    }
    return true
  }

  /// The bytes at another size, `[height, width, 3]`: means of what lies below each new pixel. The sides are stretched,
  /// as Keras's `image_dataset_from_directory` does.
  public func resized(width: Int, height: Int) -> [UInt8] {
    guard width != self.width || height != self.height else { return colours }
    var resized = [UInt8](repeating: 0, count: 3 * width * height)
    for colour in 0..<3 {
      let values: [Double] = stride(from: colour, to: colours.count, by: 3).map { Double(colours[$0]) / 255 }
      let plane = Plane(width: self.width, height: self.height, values: values)
      for (place, byte) in plane.resized(plane.all, width: width, height: height).bytes.enumerated() {
        resized[3 * place + colour] = byte
      }
    }
    return resized
  }
}
