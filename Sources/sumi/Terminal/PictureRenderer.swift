import Glibc
import Pictures
import Workbench

/// Pictures as the lines, or the pixels, that show them on standard output.
struct PictureRenderer {
  /// A picture to be written.
  enum Rendered {
    case lines([String])
    /// The bytes of a terminal's protocol for pixels.
    case pixels(String)
    /// Lines in the place of pixels that cannot be had, and why.
    case excused([String], String)
  }

  let settings: Settings
  let capabilities: Capabilities
  /// Whether lines may be in colour.
  let hasColour: Bool
  let isTerminal: Bool
  let size: winsize
  /// What the terminal can show; it is asked when that counts.
  let display: () -> Display

  private var width: Int { size.ws_col > 0 ? Int(size.ws_col) : 80 }
  private var rows: Int { size.ws_row > 0 ? Int(size.ws_row) : 24 }

  func render(_ pictures: [any Picture]) -> [Rendered] {
    let heights = heights(of: pictures)
    return zip(pictures, heights).map { picture, height in
      guard picture.isGraphic else { return .lines(paint(picture.lines(on: canvas))) }
      if settings.pictures == .none { return .lines(paint(picture.table?.lines(on: canvas) ?? [])) }
      guard let inline else { return .lines(cells(picture, rows: height)) }
      do throws(Undrawable) { return .pixels(try pixels(picture, inline)) } catch {
        return .excused(cells(picture, rows: height), error.message)
      }
    }
  }

  /// Cells in colour where colours are to be had, or were asked for with `set pictures blocks`.
  private func cells(_ picture: any Picture, rows: Int?) -> [String] {
    let hasColour = settings.pictures == .blocks || (hasColour && settings.pictures != .ascii)
    let theme = settings.theme.theme ?? (isTerminal && hasColour ? display().theme : .dark)
    let canvas = Canvas(width: width, hasColour: hasColour, wraps: isTerminal, theme: theme, rows: rows)
    return paint(picture.lines(on: canvas), hasColour: hasColour)
  }

  private func paint(_ lines: [Line], hasColour: Bool? = nil) -> [String] {
    let palette = Palette(hasColour: hasColour ?? self.hasColour, hasTrueColour: capabilities.hasTrueColour)
    return lines.map(palette.paint)
  }

  private var canvas: Canvas {
    Canvas(width: width, hasColour: hasColour && settings.pictures != .ascii, wraps: isTerminal)
  }

  /// The lines that pictures of characters may take, so that the whole result fits into the window with the prompt
  /// above and below it; nil for as many as they like.
  private func heights(of pictures: [any Picture]) -> [Int?] {
    guard isTerminal, pictures.contains(where: \.isGraphic), inline == nil else { return pictures.map { _ in nil } }
    return pictures.heights(on: canvas, rows: rows - 2)
  }

  /// How pixels are shown; nil when characters have to do.
  private var inline: Inline? {
    switch settings.pictures {
    case .kitty: .kitty
    case .sixel: .sixel
    case .iterm: .iterm
    case .auto: isTerminal ? display().inline : nil
    case .blocks, .ascii, .none: nil
    }
  }

  /// The bytes that show a picture in pixels, a line of text and one of the picture of the same size.
  private func pixels(_ picture: any Picture, _ inline: Inline) throws(Undrawable) -> String {
    let display = display()
    let (cell, theme) = (display.cell, settings.theme.theme ?? display.theme)
    var room = Display.Size(width: Double(min(200, width - 1)) * cell.width, height: .infinity)
    if inline == .sixel {
      let (most, grain) = (display.sixels, inline.grain)
      room.width = (min(room.width, most.width) / grain.width).rounded(.down) * grain.width
      room.height = (most.height / grain.height).rounded(.down) * grain.height
    }
    let (drawing, scale) = layOut(picture, theme, within: room, cell)
    let columns = (1...max(1, width - 1)).clamping(drawing.width * scale / cell.width, .up)
    return try inline.bytes(Print(drawing, theme: theme), columns: columns, scale: scale)
  }

  /// A picture on paper that is as wide as there is room, and its pixels a point: so few that it is not too high.
  private func layOut(
    _ picture: any Picture, _ theme: Theme, within room: Display.Size, _ cell: Display.Size
  ) -> (Drawing, Double) {
    var scale = cell.height / 16
    for _ in 0..<20 {
      let drawing = Page([picture]).drawing(on: Paper(width: room.width / scale - 24, theme: theme), margin: 12)
      if drawing.width * scale <= room.width, drawing.height * scale <= room.height { return (drawing, scale) }
      // Smaller, and more beside each other.
      scale *= 0.9
    }
    let drawing = Page([picture]).drawing(on: Paper(width: room.width / scale - 24, theme: theme), margin: 12)
    return (drawing, min(scale, room.width / max(1, drawing.width), room.height / max(1, drawing.height)))
  }
}
