import CCairo

/// Paints a drawing's shapes on a surface of Cairo.
struct Painter {
  private let cairo: Cairo
  private let context: OpaquePointer
  private var call: cairo_functions { cairo.functions.pointee }

  /// - Parameter context: one of Cairo's, which the painter does not keep.
  init(_ cairo: Cairo, on context: OpaquePointer) {
    self.cairo = cairo
    self.context = context
  }

  /// Paints everything; `scale` pixels a point.
  /// - Parameter paper: what is painted first; nil for nothing.
  func paint(_ drawing: Drawing, scale: Double, paper: Ink?) throws(Undrawable) {
    if let paper {
      choose(paper)
      call.paint(context)
    }
    call.scale(context, scale, scale)
    for shape in drawing.shapes { paint(shape) }
    try cairo.check(call.status(context))
  }

  private func paint(_ shape: Drawing.Shape) {
    switch shape {
    case .box(let box, let fill, let line, let radius):
      outline(box, radius: min(radius, box.width / 2, box.height / 2))
      finish(fill: fill, line: line)
    case .image(let raster, let box, let isSmooth): paint(raster, in: box, isSmooth: isSmooth)
    case .path(let points, let ink, let width, let dashes): stroke(points, ink, width: width, dashes: dashes)
    case .circle(let center, let radius, let fill, let line):
      call.new_path(context)
      call.arc(context, center.x, center.y, radius, 0, 2 * Double.pi)
      finish(fill: fill, line: line)
    case .label(let label): write(label)
    }
  }

  private func choose(_ ink: Ink) {
    call.set_source_rgba(
      context, Double(ink.red) / 255, Double(ink.green) / 255, Double(ink.blue) / 255, ink.cover)
  }

  private func outline(_ box: Drawing.Box, radius: Double) {
    call.new_path(context)
    guard radius > 0 else { return call.rectangle(context, box.x, box.y, box.width, box.height) }
    let (right, bottom, quarter) = (box.x + box.width, box.y + box.height, Double.pi / 2)
    call.arc(context, right - radius, box.y + radius, radius, -quarter, 0)
    call.arc(context, right - radius, bottom - radius, radius, 0, quarter)
    call.arc(context, box.x + radius, bottom - radius, radius, quarter, 2 * quarter)
    call.arc(context, box.x + radius, box.y + radius, radius, 2 * quarter, 3 * quarter)
    call.close_path(context)
  }

  private func finish(fill: Ink?, line: Ink?) {
    if let fill, line == nil {
      choose(fill)
      return call.fill(context)
    }
    if let fill {
      choose(fill)
      call.fill_preserve(context)
    }
    guard let line else { return call.new_path(context) }
    choose(line)
    call.set_line_width(context, 1)
    call.stroke(context)
  }

  private func stroke(_ points: [Drawing.Point], _ ink: Ink, width: Double, dashes: [Double]) {
    call.new_path(context)
    for (index, point) in points.enumerated() {
      if index == 0 { call.move_to(context, point.x, point.y) } else { call.line_to(context, point.x, point.y) }
    }
    choose(ink)
    call.set_line_width(context, width)
    call.set_line_cap(context, dashes.isEmpty ? 1 : 0)
    call.set_line_join(context, 1)
    dashes.withUnsafeBufferPointer { call.set_dash(context, $0.baseAddress, Int32($0.count), 0) }
    call.stroke(context)
    call.set_dash(context, nil, 0, 0)
  }

  private func paint(_ raster: Raster, in box: Drawing.Box, isSmooth: Bool) {
    var pixels = raster.pixels
    pixels.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      let (width, height) = (Int32(raster.width), Int32(raster.height))
      let surface = call.image_surface_create_for_data(base, 0, width, height, width * 4)
      call.save(context)
      call.translate(context, box.x, box.y)
      call.scale(context, box.width / Double(raster.width), box.height / Double(raster.height))
      call.set_source_surface(context, surface, 0, 0)
      call.pattern_set_filter(call.get_source(context), isSmooth ? 1 : 3)
      call.pattern_set_extend(call.get_source(context), 3)
      call.new_path(context)
      call.rectangle(context, 0, 0, Double(raster.width), Double(raster.height))
      call.fill(context)
      call.restore(context)
      // A page keeps the surface for later, and copies the pixels while they are here.
      call.surface_finish(surface)
      call.surface_destroy(surface)
    }
  }

  private func write(_ label: Drawing.Label) {
    let fitted = label.fitted { cairo.advance($0.text, size: $1, isBold: $0.isBold, on: context) }
    let shift = label.anchor == .start ? 0 : label.anchor == .middle ? fitted.width / 2 : fitted.width
    call.save(context)
    call.translate(context, label.place.x, label.place.y)
    if label.isUpright { call.rotate(context, -Double.pi / 2) }
    var x = -shift
    for run in fitted.runs {
      let advance = cairo.advance(run.text, size: fitted.size, isBold: run.isBold, on: context)
      choose(run.ink)
      call.move_to(context, x, 0)
      call.show_text(context, run.text)
      x += advance
    }
    call.new_path(context)
    call.restore(context)
  }
}
