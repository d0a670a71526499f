import CCairo

/// A drawing as the bytes of a file, or as pixels.
public struct Print: Sendable {
  /// The kinds of files.
  public enum Format: String, CaseIterable, Sendable {
    case png, svg, pdf
  }

  /// Pixels a side at most; Cairo's own limit is 32,767.
  static let longest = 30_000.0
  /// Pixels of a picture at most: 256 MB.
  static let maximum = 64_000_000.0

  /// Cairo's own four, as many for what is made of them, and what that takes while it grows.
  private static let bytesPerPixel = 12

  private let drawing: Drawing
  /// What lies below the drawing; nil for nothing, so that it can be seen through.
  private let paper: Ink?
  private let cairo: Cairo

  /// - Throws: `Undrawable` when Cairo is not there.
  public init(_ drawing: Drawing, theme: Theme, hasPaper: Bool = true) throws(Undrawable) {
    self.drawing = drawing
    paper = hasPaper ? theme.paper : nil
    cairo = try Cairo()
  }

  /// Finds out whether anything can be drawn at all.
  /// - Throws: `Undrawable` when Cairo is not there.
  public static func check() throws(Undrawable) { _ = try Cairo() }

  /// The bytes of a file.
  /// - Throws: `Undrawable` when the drawing is too large.
  public func bytes(_ format: Format) throws(Undrawable) -> [UInt8] {
    switch format {
    case .png: try png(try usualScale())
    case .svg: Print.crisp(try page(cairo.functions.pointee.svg_surface_create_for_stream))
    case .pdf: try page(cairo.functions.pointee.pdf_surface_create_for_stream)
    }
  }

  /// An SVG whose pixels stay squares when it is enlarged.
  private static func crisp(_ svg: [UInt8]) -> [UInt8] {
    guard let head = svg.firstRange(of: Array("version=\"1.1\">".utf8)) else { return svg }
    return svg[..<head.upperBound] + Array("\n<style>image { image-rendering: pixelated }</style>".utf8)
      + svg[head.upperBound...]
  }

  /// Two pixels a point; fewer for an unusually long drawing.
  private func usualScale() throws(Undrawable) -> Double {
    let longest = max(drawing.width, drawing.height)
    let area = drawing.width * drawing.height
    let scale = min(2, Print.longest / longest, (Print.maximum / area).squareRoot())
    guard scale >= 0.5 else { throw .tooLarge(drawing) }
    return scale
  }

  /// The pixels, `scale` to a point.
  func raster(scale: Double) throws(Undrawable) -> Raster {
    try withSurface(scale) { (surface) throws(Undrawable) in cairo.raster(of: surface) }
  }

  /// A PNG with `scale` pixels to a point.
  func png(_ scale: Double) throws(Undrawable) -> [UInt8] {
    try withSurface(scale) { (surface) throws(Undrawable) in
      let sink = Sink()
      let closure = Unmanaged.passUnretained(sink).toOpaque()
      try cairo.check(cairo.functions.pointee.surface_write_to_png_stream(surface, Sink.write, closure))
      return sink.bytes
    }
  }

  private func withSurface<Value>(
    _ scale: Double, _ body: (OpaquePointer) throws(Undrawable) -> Value
  ) throws(Undrawable) -> Value {
    let (width, height) = ((drawing.width * scale).rounded(.up), (drawing.height * scale).rounded(.up))
    guard max(width, height) <= Print.longest, width * height <= Print.maximum else { throw .tooLarge(drawing) }
    try Room.require(Int(width * height) * Print.bytesPerPixel)
    let call = cairo.functions.pointee
    // 24 bits where the paper covers everything, so that there is no alpha to keep.
    let surface = call.image_surface_create(paper == nil ? 0 : 1, Int32(max(1, width)), Int32(max(1, height)))
    defer { call.surface_destroy(surface) }
    try cairo.check(call.surface_status(surface))
    try paint(on: surface, scale: scale)
    call.surface_flush(surface)
    return try body(surface)
  }

  private func page(
    _ create: (@convention(c) (cairo_writer, UnsafeMutableRawPointer, Double, Double) -> OpaquePointer)
  ) throws(Undrawable) -> [UInt8] {
    let sink = Sink()
    let call = cairo.functions.pointee
    let surface = create(Sink.write, Unmanaged.passUnretained(sink).toOpaque(), drawing.width, drawing.height)
    defer { call.surface_destroy(surface) }
    try paint(on: surface, scale: 1)
    call.surface_finish(surface)
    try cairo.check(call.surface_status(surface))
    return sink.bytes
  }

  private func paint(on surface: OpaquePointer, scale: Double) throws(Undrawable) {
    let context = cairo.context(on: surface)
    defer { cairo.functions.pointee.destroy(context) }
    try Painter(cairo, on: context).paint(drawing, scale: scale, paper: paper)
  }
}

/// Where Cairo's bytes go.
private final class Sink {
  private(set) var bytes: [UInt8] = []

  /// What Cairo calls with every piece.
  static let write: cairo_writer = { closure, data, count in
    guard let closure else { return 11 }
    let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
    sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
    return 0
  }
}

extension Cairo {
  /// The pixels of an image surface.
  func raster(of surface: OpaquePointer) -> Raster {
    let call = functions.pointee
    let (width, height) = (Int(call.image_surface_get_width(surface)), Int(call.image_surface_get_height(surface)))
    let stride = Int(call.image_surface_get_stride(surface))
    var pixels: [UInt32] = []
    pixels.reserveCapacity(width * height)
    guard let data = call.image_surface_get_data(surface) else {
      return Raster(width: width, height: height, pixels: [UInt32](repeating: 0, count: width * height))
    }
    for row in 0..<height {
      (data + row * stride).withMemoryRebound(to: UInt32.self, capacity: width) { row in
        pixels.append(contentsOf: UnsafeBufferPointer(start: row, count: width))
      }
    }
    return Raster(width: width, height: height, pixels: pixels)
  }
}

extension Undrawable {
  fileprivate static func tooLarge(_ drawing: Drawing) -> Undrawable {
    let (width, height) = ((0...Int.max).clamping(drawing.width), (0...Int.max).clamping(drawing.height))
    return Undrawable(
      message: "the picture would be \(width) × \(height) points, too large for pixels; "
        + "show fewer, or write .svg or .pdf")
  }
}
