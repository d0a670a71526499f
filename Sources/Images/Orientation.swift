/// How a camera was held, after EXIF 2.32 tag 0x0112: which way stored pixels are to be turned to stand upright.
enum Orientation: Int, CaseIterable {
  case upright = 1
  case mirrored, halfTurn, flipped, transposed, quarterTurn, transverse, threeQuarterTurn

  /// Whether width and height change places.
  private var swapsSides: Bool { rawValue >= 5 }

  /// Reads the tag from a TIFF structure, as EXIF has it; what is broken or out of range counts as upright.
  init(tiff bytes: ArraySlice<UInt8>) {
    self = Orientation.value(in: Array(bytes)).flatMap(Orientation.init(rawValue:)) ?? .upright
  }

  private static func value(in bytes: [UInt8]) -> Int? {
    let isLittle = bytes.starts(with: Array("II*\0".utf8))
    guard isLittle || bytes.starts(with: Array("MM\0*".utf8)) else { return nil }
    func number(_ place: Int, _ count: Int) -> Int? {
      guard place >= 0, place <= bytes.count - count else { return nil }
      let part = bytes[place..<place + count]
      return (isLittle ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
    }
    guard let start = number(4, 4), let count = number(start, 2) else { return nil }
    for entry in 0..<count {
      let place = start + 2 + 12 * entry
      guard let tag = number(place, 2) else { return nil }
      // A SHORT stands in the first two of the four bytes for the value.
      if tag == 0x0112 { return number(place + 2, 2) == 3 ? number(place + 8, 2) : nil }
    }
    return nil
  }

  /// The photo turned upright.
  func upright(_ photo: Photo) -> Photo {
    guard self != .upright else { return photo }
    let (wide, tall) = (photo.width, photo.height)
    let (width, height) = swapsSides ? (tall, wide) : (wide, tall)
    var grey = [UInt8](repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        let (fromX, fromY) = source(x, y, lastX: wide - 1, lastY: tall - 1)
        grey[y * width + x] = photo.grey[fromY * wide + fromX]
      }
    }
    return Photo(width: width, height: height, grey: grey, notes: photo.notes)
  }

  /// The photo turned upright, colour by colour.
  func upright(_ photo: ColourPhoto) -> ColourPhoto {
    guard self != .upright else { return photo }
    let planes = (0..<3).map { colour in
      let values = stride(from: colour, to: photo.colours.count, by: 3).map { photo.colours[$0] }
      return upright(Photo(width: photo.width, height: photo.height, grey: values))
    }
    let colours = planes[0].grey.indices.flatMap { place in planes.map { $0.grey[place] } }
    return ColourPhoto(width: planes[0].width, height: planes[0].height, colours: colours)
  }

  /// The stored pixel that is shown at a place.
  private func source(_ x: Int, _ y: Int, lastX: Int, lastY: Int) -> (Int, Int) {
    switch self {
    case .upright: (x, y)
    case .mirrored: (lastX - x, y)
    case .halfTurn: (lastX - x, lastY - y)
    case .flipped: (x, lastY - y)
    case .transposed: (y, x)
    case .quarterTurn: (y, lastY - x)
    case .transverse: (lastX - y, lastY - x)
    case .threeQuarterTurn: (lastX - y, x)
    }
  }
}
