import CCairo

/// A PNG file, read by Cairo.
struct PNG {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func photo() throws(Unreadable) -> Photo {
    guard bytes.count >= 33, bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw Unreadable(message: "the PNG ends before its header does")
    }
    try Photo.check(number(at: 16), number(at: 20))
    let (width, height, pixels) = try decoded()
    let isAnimated = chunk("acTL") != nil
    let photo = Photo(
      width: width, height: height, grey: PNG.grey(pixels),
      notes: isAnimated ? ["the image is animated; its first picture was taken"] : [])
    return (chunk("eXIf").map { Orientation(tiff: $0) } ?? .upright).upright(photo)
  }

  /// The same in colour; what is transparent shows white paper.
  func colours() throws(Unreadable) -> ColourPhoto {
    guard bytes.count >= 33, bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw Unreadable(message: "the PNG ends before its header does")
    }
    try Photo.check(number(at: 16), number(at: 20))
    let (width, height, pixels) = try decoded()
    var colours: [UInt8] = []
    colours.reserveCapacity(3 * pixels.count)
    for pixel in pixels {
      let paper = 255 - (pixel >> 24)
      for shift: UInt32 in [16, 8, 0] { colours.append(UInt8(min(255, ((pixel >> shift) & 255) + paper))) }
    }
    let photo = ColourPhoto(width: width, height: height, colours: colours)
    return (chunk("eXIf").map { Orientation(tiff: $0) } ?? .upright).upright(photo)
  }

  private func number(at start: Int) -> Int { bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }

  /// What the first chunk of a kind holds; nil when there is none.
  private func chunk(_ name: String) -> ArraySlice<UInt8>? {
    var place = PNG.signature.count
    while place + 12 <= bytes.count {
      let end = place + 8 + number(at: place)
      guard end + 4 <= bytes.count else { return nil }
      if bytes[place + 4..<place + 8].elementsEqual(name.utf8) { return bytes[place + 8..<end] }
      place = end + 4
    }
    return nil
  }

  /// The pixels, of whatever depth, as 8 bits with alpha first, the colours multiplied by it.
  private func decoded() throws(Unreadable) -> (width: Int, height: Int, pixels: [UInt32]) {
    var failure: UnsafePointer<CChar>?
    guard let functions = cairo_load(&failure) else { throw .noLibrary("libcairo2", failure) }
    let call = functions.pointee
    let source = Source(bytes)
    let image = call.image_surface_create_from_png_stream(Source.read, Unmanaged.passUnretained(source).toOpaque())
    defer { call.surface_destroy(image) }
    var status = call.surface_status(image)
    guard status == 0 else { throw .broken("PNG", call.status_to_string(status)) }
    let (width, height) = (call.image_surface_get_width(image), call.image_surface_get_height(image))
    let surface = call.image_surface_create(0, width, height)
    let context = call.create(surface)
    defer {
      call.destroy(context)
      call.surface_destroy(surface)
    }
    call.set_source_surface(context, image, 0, 0)
    call.paint(context)
    status = call.status(context)
    guard status == 0 else { throw .broken("PNG", call.status_to_string(status)) }
    call.surface_flush(surface)
    guard let data = call.image_surface_get_data(surface) else { throw Unreadable(message: "the PNG has no pixels") }
    let stride = Int(call.image_surface_get_stride(surface))
    var pixels: [UInt32] = []
    pixels.reserveCapacity(Int(width) * Int(height))
    for row in 0..<Int(height) {
      (data + row * stride).withMemoryRebound(to: UInt32.self, capacity: Int(width)) { row in
        pixels.append(contentsOf: UnsafeBufferPointer(start: row, count: Int(width)))
      }
    }
    return (Int(width), Int(height), pixels)
  }

  /// Luma after Rec. 601; what is transparent shows white paper, or black where nothing could be told from white.
  private static func grey(_ pixels: [UInt32]) -> [UInt8] {
    func onto(_ paper: Int) -> [UInt8] {
      pixels.map { pixel in
        let rest = paper * (255 - Int(pixel >> 24)) / 255
        let (red, green, blue) = (Int(pixel >> 16 & 255), Int(pixel >> 8 & 255), Int(pixel & 255))
        return UInt8(min(255, (299 * red + 587 * green + 114 * blue) / 1000 + rest))
      }
    }
    let white = onto(255)
    guard let minimum = white.min(), let maximum = white.max(), maximum - minimum < 16 else { return white }
    return onto(0)
  }
}

/// Bytes on their way into Cairo.
private final class Source {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What Cairo calls for the next bytes; 10 is its number for an error in reading.
  static let read: cairo_reader = { closure, data, count in
    guard let closure else { return 10 }
    let source = Unmanaged<Source>.fromOpaque(closure).takeUnretainedValue()
    guard source.place + Int(count) <= source.bytes.count else { return 10 }
    for offset in 0..<Int(count) { data[offset] = source.bytes[source.place + offset] }
    source.place += Int(count)
    return 0
  }
}
