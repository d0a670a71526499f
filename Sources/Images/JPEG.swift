import CTurboJPEG

/// A JPEG file, read by TurboJPEG.
struct JPEG {
  static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func photo() throws(Unreadable) -> Photo {
    if let failure = turbojpeg_load() { throw .noLibrary("libturbojpeg0", failure) }
    var (width, height) = (Int32(0), Int32(0))
    if let failure = turbojpeg_measure(bytes, bytes.count, &width, &height) { throw .broken("JPEG", failure) }
    try Photo.check(Int(width), Int(height))
    var grey = [UInt8](repeating: 0, count: Int(width) * Int(height))
    if let failure = turbojpeg_decode(bytes, bytes.count, &grey, width, height) { throw .broken("JPEG", failure) }
    return orientation.upright(Photo(width: Int(width), height: Int(height), grey: grey))
  }

  /// The same in colour.
  func colours() throws(Unreadable) -> ColourPhoto {
    if let failure = turbojpeg_load() { throw .noLibrary("libturbojpeg0", failure) }
    var (width, height) = (Int32(0), Int32(0))
    if let failure = turbojpeg_measure(bytes, bytes.count, &width, &height) { throw .broken("JPEG", failure) }
    try Photo.check(Int(width), Int(height))
    var colours = [UInt8](repeating: 0, count: 3 * Int(width) * Int(height))
    if let failure = turbojpeg_decode_colours(bytes, bytes.count, &colours, width, height) {
      throw .broken("JPEG", failure)
    }
    return orientation.upright(ColourPhoto(width: Int(width), height: Int(height), colours: colours))
  }

  /// From the first APP1 segment that holds EXIF; segments stand before the pixels (ITU T.81 B.1.1.4).
  private var orientation: Orientation {
    let mark = Array("Exif\0\0".utf8)
    var place = 2
    while place + 4 <= bytes.count, bytes[place] == 0xFF {
      let kind = bytes[place + 1]
      // Fill bytes before a marker.
      if kind == 0xFF { place += 1; continue }
      // The pixels begin, or the file ends.
      if kind == 0xDA || kind == 0xD9 { break }
      let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
      let end = place + 2 + length
      guard length >= 2, end <= bytes.count else { break }
      let body = bytes[place + 4..<end]
      if kind == 0xE1, body.starts(with: mark) { return Orientation(tiff: body.dropFirst(mark.count)) }
      place = end
    }
    return .upright
  }
}
