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
    let most = inline == .sixel ? display.sixels : Display.Size(width: .infinity, height: .infinity)
    let grain = Display.Size(width: inline.grain.width, height: inline.grain.height)
    let (drawing, scale) = layOut(picture, theme, cell, most: most, grain: grain)
    let columns = (1...max(1, width - 1)).clamping(drawing.width * scale / cell.width, .up)
    return try inline.bytes(Print(drawing, theme: theme), columns: columns, scale: scale)
  }

  /// A picture on paper that is as wide as there is room, and its pixels a point: fewer where the window is not high
  /// enough, down to half of them, and as few as the terminal demands.
  private func layOut(
    _ picture: any Picture, _ theme: Theme, _ cell: Display.Size, most: Display.Size, grain: Display.Size
  ) -> (Drawing, Double) {
    let usual = cell.height / 16
    let width = min(Double(min(200, width - 1)) * cell.width, most.width).whole(grain.width)
    let limit = most.height.whole(grain.height)
    let window = isTerminal ? Double(max(1, rows - 2)) * cell.height : .infinity
    func drawing(_ scale: Double) -> Drawing {
      Page([picture]).drawing(on: Paper(width: width / scale - 24, theme: theme), margin: 12)
    }
    let whole = drawing(usual)
    for step in 0..<20 {
      let scale = usual * pow(0.9, Double(step))
      let height = scale > usual / 2 ? min(limit, window) : limit
      // Smaller, with more beside each other where there is more; or just smaller.
      for drawing in [drawing(scale), whole] where drawing.width * scale <= width && drawing.height * scale <= height {
        return (drawing, scale)
      }
    }
    return (whole, min(usual / 8, width / max(1, whole.width), limit / max(1, whole.height)))
  }
}

extension Double {
  /// The largest multiple of a step that is no larger.
  fileprivate func whole(_ step: Double) -> Double { (self / step).rounded(.down) * step }
}
