import CChafa

/// Pixels as cells of characters in two colours each, chosen by chafa.
enum Mosaic {
  /// Pixels of a cell's sides; chafa compares its characters at this size.
  static let side = 8

  /// Pixels of whose multiples the sides of a picture of sixels are: whole cells, and whole sixels, which are six
  /// pixels high; otherwise chafa would stretch the picture.
  static let grain = (width: side, height: 3 * side)

  private enum Number {
    static let trueColour: Int32 = 0
    static let symbols: Int32 = 0
    static let sixels: Int32 = 1
    static let bgraPremultiplied: Int32 = 1
    /// Spaces, and blocks of eighths, halves and quarters.
    static let tags: UInt32 = 1 << 0 | 1 << 3 | 1 << 7 | 1 << 8 | 1 << 9
    /// Characters that some terminals draw two cells wide.
    static let unfit: UInt32 = 1 << 18 | 1 << 19 | 1 << 20
  }

  /// One line a row of cells.
  /// - Parameter raster: `8·columns × 8·rows` pixels.
  static func lines(_ raster: Raster, columns: Int, rows: Int) throws(Undrawable) -> [Line] {
    let chafa = try load()
    let canvas = try canvas(chafa, raster, columns: columns, rows: rows, mode: Number.symbols)
    defer { chafa.canvas_unref(canvas) }
    return (0..<rows).map { y in
      var line = Line()
      for x in 0..<columns {
        var (foreground, background) = (Int32(-1), Int32(-1))
        chafa.canvas_get_raw_colors_at(canvas, Int32(x), Int32(y), &foreground, &background)
        let scalar = Unicode.Scalar(chafa.canvas_get_char_at(canvas, Int32(x), Int32(y))) ?? " "
        line.append(String(scalar), Style(ink(foreground), background: ink(background)))
      }
      return line
    }
  }

  /// The bytes that show the pixels, as they are, on a terminal that knows sixels.
  static func sixels(_ raster: Raster) throws(Undrawable) -> String {
    let chafa = try load()
    try Room.require(raster.pixels.count * 8)
    let padded = raster.padded(width: grain.width, height: grain.height)
    let (columns, rows) = (padded.width / side, padded.height / side)
    let canvas = try canvas(chafa, padded, columns: columns, rows: rows, mode: Number.sixels)
    let terminal = chafa.term_db_get_fallback_info(chafa.term_db_get_default())
    defer {
      chafa.canvas_unref(canvas)
      chafa.term_info_unref(terminal)
    }
    let text = chafa.canvas_print(canvas, terminal)
    defer { chafa_free_text(text) }
    return String(decoding: UnsafeRawBufferPointer(start: text.pointee.str, count: text.pointee.len), as: UTF8.self)
  }

  /// What chafa keeps of a pixel, with its copies and what it prints.
  private static let bytesPerPixel = 24
  /// What it takes for its tables of characters and colours.
  private static let reserve = 8 << 20

  private static func load() throws(Undrawable) -> chafa_functions {
    var failure: UnsafePointer<CChar>?
    guard let functions = chafa_load(&failure) else { throw .noLibrary("libchafa0", failure) }
    return functions.pointee
  }

  private static func canvas(
    _ chafa: chafa_functions, _ raster: Raster, columns: Int, rows: Int, mode: Int32
  ) throws(Undrawable) -> OpaquePointer {
    try Room.require(reserve + columns * rows * side * side * bytesPerPixel)
    let (config, symbols) = (chafa.canvas_config_new(), chafa.symbol_map_new())
    chafa.symbol_map_add_by_tags(symbols, Number.tags)
    chafa.symbol_map_remove_by_tags(symbols, Number.unfit)
    chafa.canvas_config_set_symbol_map(config, symbols)
    chafa.canvas_config_set_canvas_mode(config, Number.trueColour)
    chafa.canvas_config_set_pixel_mode(config, mode)
    chafa.canvas_config_set_cell_geometry(config, Int32(side), Int32(side))
    chafa.canvas_config_set_geometry(config, Int32(columns), Int32(rows))
    chafa.canvas_config_set_preprocessing_enabled(config, 0)
    let canvas = chafa.canvas_new(config)
    raster.pixels.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      let (width, height) = (Int32(raster.width), Int32(raster.height))
      chafa.canvas_draw_all_pixels(canvas, Number.bgraPremultiplied, base, width, height, width * 4)
    }
    chafa.symbol_map_unref(symbols)
    chafa.canvas_config_unref(config)
    return canvas
  }

  /// chafa's colour, red first; nil for the terminal's own.
  private static func ink(_ colour: Int32) -> Style.Colour? {
    colour < 0 ? nil : .ink(Ink(hex: UInt32(colour) & 0xFFFFFF))
  }
}
