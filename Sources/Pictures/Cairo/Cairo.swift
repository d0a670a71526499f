import CCairo

/// Why a picture cannot be drawn or read.
public struct Undrawable: Error, Equatable, Sendable {
  /// One sentence without a full stop.
  public let message: String
}

/// The Cairo library, loaded when the first picture needs it; its functions never change after that.
struct Cairo: @unchecked Sendable {
  let functions: UnsafePointer<cairo_functions>

  /// - Throws: `Undrawable` that says what to install.
  init() throws(Undrawable) {
    var failure: UnsafePointer<CChar>?
    guard let functions = cairo_load(&failure) else { throw .noLibrary("libcairo2", failure) }
    self.functions = functions
  }

  /// Throws unless the status is success.
  func check(_ status: Int32) throws(Undrawable) {
    guard status != 0 else { return }
    throw Undrawable(message: "Cairo: \(String(cString: functions.pointee.status_to_string(status)))")
  }

  func measure(_ text: String, size: Double, isBold: Bool) -> Double {
    let surface = functions.pointee.image_surface_create(0, 1, 1)
    let context = context(on: surface)
    defer {
      functions.pointee.destroy(context)
      functions.pointee.surface_destroy(surface)
    }
    return advance(text, size: size, isBold: isBold, on: context)
  }

  /// A context whose letters are as wide at any size and in any kind of file: not fitted to pixels.
  func context(on surface: OpaquePointer) -> OpaquePointer {
    let call = functions.pointee
    let (context, options) = (call.create(surface), call.font_options_create())
    call.font_options_set_hint_metrics(options, 1)
    call.font_options_set_hint_style(options, 1)
    call.set_font_options(context, options)
    call.font_options_destroy(options)
    return context
  }

  /// Chooses the letters of a context and tells how far a text advances.
  func advance(_ text: String, size: Double, isBold: Bool, on context: OpaquePointer) -> Double {
    var extents = cairo_extents()
    functions.pointee.select_font_face(context, Typeface.family, 0, isBold ? 1 : 0)
    functions.pointee.set_font_size(context, size)
    functions.pointee.text_extents(context, text, &extents)
    return extents.x_advance
  }
}

extension Undrawable {
  static func noLibrary(_ package: String, _ failure: UnsafePointer<CChar>?) -> Undrawable {
    let reason = failure.map { ": \(String(cString: $0))" } ?? ""
    return Undrawable(message: "pictures need \(package) (apt-get install \(package))\(reason)")
  }
}
