import CCairo
import CTurboJPEG

/// An image file in greys.
public struct Photo: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// 0 black … 255 white, row by row.
  public let grey: [UInt8]
  /// What a person should know of how it was read.
  public let notes: [String]

  /// Pixels of an image at most.
  private static let most = 50_000_000

  /// - Precondition: `grey` holds width × height bytes.
  public init(width: Int, height: Int, grey: [UInt8], notes: [String] = []) {
    precondition(grey.count == width * height, "a photo has width × height pixels")
    (self.width, self.height, self.grey, self.notes) = (width, height, grey, notes)
  }

  /// Reads a PNG or a JPEG, told by its first bytes.
  /// - Throws: `Undrawable` that says what is wrong with the file, or what to install.
  public init(_ bytes: [UInt8]) throws(Undrawable) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = try Photo(png: bytes)
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = try Photo(jpeg: bytes)
    } else {
      throw Undrawable(message: "this is neither a PNG nor a JPEG, whatever its name says")
    }
  }

  /// The same with no side longer than `side`: means of squares of pixels.
  public func shrunk(to side: Int) -> Photo {
    let step = (max(width, height) + side - 1) / side
    guard step > 1 else { return self }
    let (columns, rows) = (max(1, width / step), max(1, height / step))
    let (across, down) = (min(step, width), min(step, height))
    var small = [UInt8](repeating: 0, count: columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        var sum = 0
        for y in row * step..<row * step + down {
          for x in column * step..<column * step + across { sum += Int(grey[y * width + x]) }
        }
        small[row * columns + column] = UInt8(sum / (across * down))
      }
    }
    return Photo(width: columns, height: rows, grey: small, notes: notes)
  }

  private static func check(_ width: Int, _ height: Int) throws(Undrawable) {
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0 else { throw Undrawable(message: "the image has no pixels: \(width) × \(height)") }
    guard !overflow, area <= most, max(width, height) <= 32_767 else {
      throw Undrawable(
        message: "the image has \(width) × \(height) pixels; at most \(most / 1_000_000) million can be read")
    }
  }

  private init(jpeg bytes: [UInt8]) throws(Undrawable) {
    if let failure = turbojpeg_load() { throw .noLibrary("libturbojpeg0", failure) }
    var (width, height) = (Int32(0), Int32(0))
    if let failure = turbojpeg_measure(bytes, bytes.count, &width, &height) { throw .broken("JPEG", failure) }
    try Photo.check(Int(width), Int(height))
    var grey = [UInt8](repeating: 0, count: Int(width) * Int(height))
    if let failure = turbojpeg_decode(bytes, bytes.count, &grey, width, height) { throw .broken("JPEG", failure) }
    self.init(width: Int(width), height: Int(height), grey: grey)
  }

  private init(png bytes: [UInt8]) throws(Undrawable) {
    func number(_ start: Int) -> Int { bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    guard bytes.count >= 33, bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw Undrawable(message: "the PNG ends before its header does")
    }
    try Photo.check(number(16), number(20))
    let raster = try Cairo().read(png: bytes)
    let isAnimated = Photo.hasChunk("acTL", in: bytes)
    self.init(
      width: raster.width, height: raster.height, grey: Photo.grey(raster),
      notes: isAnimated ? ["the image is animated; its first picture was taken"] : [])
  }

  /// Whether a chunk of this kind stands before the pixels.
  private static func hasChunk(_ name: String, in bytes: [UInt8]) -> Bool {
    var place = 8
    while place + 8 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let kind = bytes[place + 4..<place + 8]
      if kind.elementsEqual(name.utf8) { return true }
      if kind.elementsEqual("IDAT".utf8) { return false }
      place += 12 + length
    }
    return false
  }

  /// Luma after Rec. 601; what is transparent shows white paper, or black where nothing could be told from white.
  private static func grey(_ raster: Raster) -> [UInt8] {
    func onto(_ paper: Int) -> [UInt8] {
      raster.pixels.map { pixel in
        let rest = paper * (255 - Int(pixel >> 24)) / 255
        let (red, green, blue) = (Int(pixel >> 16 & 255), Int(pixel >> 8 & 255), Int(pixel & 255))
        return UInt8(min(255, (299 * red + 587 * green + 114 * blue) / 1000 + rest))
      }
    }
    let white = onto(255)
    guard let least = white.min(), let most = white.max(), most - least < 16 else { return white }
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

extension Cairo {
  /// The pixels of a PNG, of whatever depth, as 8 bits with alpha.
  func read(png bytes: [UInt8]) throws(Undrawable) -> Raster {
    let call = functions.pointee
    let source = Source(bytes)
    let image = call.image_surface_create_from_png_stream(Source.read, Unmanaged.passUnretained(source).toOpaque())
    defer { call.surface_destroy(image) }
    let status = call.surface_status(image)
    guard status == 0 else { throw .broken("PNG", call.status_to_string(status)) }
    let surface = call.image_surface_create(
      0, call.image_surface_get_width(image), call.image_surface_get_height(image))
    let context = call.create(surface)
    defer {
      call.destroy(context)
      call.surface_destroy(surface)
    }
    call.set_source_surface(context, image, 0, 0)
    call.paint(context)
    try check(call.status(context))
    call.surface_flush(surface)
    return raster(of: surface)
  }
}

extension Undrawable {
  fileprivate static func broken(_ kind: String, _ reason: UnsafePointer<CChar>) -> Undrawable {
    Undrawable(message: "the \(kind) cannot be read: \(String(cString: reason))")
  }
}
