import CCairo

@testable import Pictures

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
  /// The pixels of a PNG that was written, colours and all.
  func read(png bytes: [UInt8]) throws(Undrawable) -> Raster {
    let call = functions.pointee
    let source = Source(bytes)
    let image = call.image_surface_create_from_png_stream(Source.read, Unmanaged.passUnretained(source).toOpaque())
    defer { call.surface_destroy(image) }
    try check(call.surface_status(image))
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
