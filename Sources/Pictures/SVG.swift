/// A drawing as SVG to be put into a page: real text, which can be found and copied, and no fonts of its own.
struct SVG {
  private let drawing: Drawing
  private let title: String
  private static let margin = 8.0

  init(_ drawing: Drawing, title: String) { (self.drawing, self.title) = (drawing, title) }

  /// Inside a page, which knows what SVG is.
  var element: String { text(namespace: "") }

  /// As a document of its own.
  var document: String { text(namespace: " xmlns=\"http://www.w3.org/2000/svg\"") }

  private func text(namespace: String) -> String {
    // Letters at the edges stand out a little.
    let (width, height) = (SVG.number(drawing.width + 2 * SVG.margin), SVG.number(drawing.height + 2 * SVG.margin))
    let corner = SVG.number(-SVG.margin)
    return "<svg\(namespace) viewBox=\"\(corner) \(corner) \(width) \(height)\" width=\"\(width)\" "
      + "height=\"\(height)\" role=\"img\" font-family=\"sans-serif\"><title>\(Page.escaped(title))</title>\n"
      + drawing.shapes.map { SVG.element($0) + "\n" }.joined() + "</svg>\n"
  }

  private static func element(_ shape: Drawing.Shape) -> String {
    switch shape {
    case .box(let box, let fill, let line, let radius):
      "<rect \(place(box)) rx=\"\(number(radius))\" \(paint(fill, line))/>"
    case .image(let raster, let box, let isSmooth):
      "<image \(place(box)) preserveAspectRatio=\"none\"\(isSmooth ? "" : " style=\"image-rendering:pixelated\"") "
        + "href=\"data:image/bmp;base64,\(String(decoding: Inline.base64(bitmap(raster)), as: UTF8.self))\"/>"
    case .path(let points, let ink, let width, let dashes):
      "<polyline points=\"\(points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " "))\" fill=\"none\" "
        + "stroke=\"\(colour(ink))\"\(cover(ink, of: "stroke")) stroke-width=\"\(number(width))\" "
        + "stroke-linejoin=\"round\""
        + (dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes.map(number).joined(separator: " "))\"") + "/>"
    case .circle(let center, let radius, let fill, let line):
      "<circle cx=\"\(number(center.x))\" cy=\"\(number(center.y))\" r=\"\(number(radius))\" \(paint(fill, line))/>"
    case .label(let label): self.label(label)
    }
  }

  private static func label(_ label: Drawing.Label) -> String {
    let (x, y) = (number(label.place.x), number(label.place.y))
    let anchor =
      switch label.anchor {
      case .start: "start"
      case .middle: "middle"
      case .end: "end"
      }
    let turn = label.isUpright ? " transform=\"rotate(-90 \(x) \(y))\"" : ""
    // Without the font nobody knows how wide the letters are; those that are surely too wide are pressed together.
    let columns = label.runs.reduce(0) { $0 + $1.text.columns }
    let fits = label.room.map { Double(columns) * label.size * 0.5 <= $0 } ?? true
    let press = fits ? "" : " textLength=\"\(number(label.room ?? 0))\" lengthAdjust=\"spacingAndGlyphs\""
    let runs = label.runs.map { run in
      let text = Page.escaped(run.text)
      return "<tspan fill=\"\(colour(run.ink))\"\(run.isBold ? " font-weight=\"bold\"" : "")>\(text)</tspan>"
    }
    return "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(number(label.size))\" text-anchor=\"\(anchor)\" "
      + "xml:space=\"preserve\"\(turn)\(press)>\(runs.joined())</text>"
  }

  private static func place(_ box: Drawing.Box) -> String {
    "x=\"\(number(box.x))\" y=\"\(number(box.y))\" width=\"\(number(box.width))\" height=\"\(number(box.height))\""
  }

  private static func paint(_ fill: Ink?, _ line: Ink?) -> String {
    "fill=\"\(fill.map(colour) ?? "none")\"" + (fill.map { cover($0, of: "fill") } ?? "")
      + (line.map { " stroke=\"\(colour($0))\"\(cover($0, of: "stroke"))" } ?? "")
  }

  private static func cover(_ ink: Ink, of paint: String) -> String {
    ink.cover < 1 ? " \(paint)-opacity=\"\(number(ink.cover))\"" : ""
  }

  private static func colour(_ ink: Ink) -> String {
    "#"
      + [ink.red, ink.green, ink.blue].map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// With two decimals, and none where they are 0.
  private static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
    let fraction = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
    return (hundredths < 0 ? "-" : "") + "\(whole)\(fraction)"
  }

  /// The pixels as a Windows bitmap of 24 bits, from the lowest row up, each row filled to four bytes.
  private static func bitmap(_ raster: Raster) -> [UInt8] {
    let row = (raster.width * 3 + 3) / 4 * 4
    func little(_ value: Int, _ bytes: Int) -> [UInt8] {
      (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var bytes = Array("BM".utf8) + little(54 + row * raster.height, 4) + little(0, 4) + little(54, 4)
    bytes += little(40, 4) + little(raster.width, 4) + little(raster.height, 4) + little(1, 2) + little(24, 2)
    bytes += little(0, 4) + little(row * raster.height, 4) + little(2835, 4) + little(2835, 4) + little(0, 8)
    for y in stride(from: raster.height - 1, through: 0, by: -1) {
      for x in 0..<raster.width {
        let pixel = raster.pixels[y * raster.width + x]
        bytes += [UInt8(pixel & 255), UInt8(pixel >> 8 & 255), UInt8(pixel >> 16 & 255)]
      }
      bytes += [UInt8](repeating: 0, count: row - raster.width * 3)
    }
    return bytes
  }
}
