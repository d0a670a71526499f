/// How a terminal shows pixels.
public enum Inline: String, Sendable {
  /// The graphics protocol of kitty, which Ghostty, Konsole and WezTerm know too.
  case kitty
  /// DEC's sixels: xterm, foot, mlterm, Windows Terminal, tmux 3.4.
  case sixel
  /// iTerm2's inline images, which WezTerm and VS Code know too.
  case iterm

  /// Pixels of whose multiples a picture's sides are.
  public var grain: (width: Double, height: Double) {
    self == .sixel ? (Double(Mosaic.grain.width), Double(Mosaic.grain.height)) : (1, 1)
  }

  /// Bytes of base 64 in one of kitty's commands.
  private static let piece = 4096

  /// The bytes that show a drawing where the cursor is, and put the cursor on the line below.
  /// - Parameters:
  ///   - columns: cells that the drawing takes.
  ///   - scale: pixels a point.
  public func bytes(_ print: Print, columns: Int, scale: Double) throws(Undrawable) -> String {
    switch self {
    case .sixel: try Mosaic.sixels(try print.raster(scale: scale)) + "\n"
    case .kitty: Inline.kitty(try print.png(scale), columns: columns) + "\n"
    case .iterm: Inline.iterm(try print.png(scale), columns: columns) + "\n"
    }
  }

  /// `a=T` shows at once, `f=100` is PNG, `q=2` asks for no answer, `c` is the width in cells.
  private static func kitty(_ png: [UInt8], columns: Int) -> String {
    let text = Array(base64(png))
    var out = ""
    for start in stride(from: 0, to: text.count, by: piece) {
      let isLast = start + piece >= text.count
      let head = start == 0 ? "a=T,f=100,q=2,c=\(columns)," : ""
      out += "\u{1b}_G\(head)m=\(isLast ? 0 : 1);"
      out += String(decoding: text[start..<min(start + piece, text.count)], as: UTF8.self) + "\u{1b}\\"
    }
    return out
  }

  private static func iterm(_ png: [UInt8], columns: Int) -> String {
    "\u{1b}]1337;File=inline=1;size=\(png.count);width=\(columns);preserveAspectRatio=1:"
      + String(decoding: base64(png), as: UTF8.self) + "\u{7}"
  }

  /// RFC 4648.
  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group = UInt32(bytes[start]) << 16
      if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
      if count > 2 { group |= UInt32(bytes[start + 2]) }
      for place in 0..<4 {
        text.append(place <= count ? letters[Int(group >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
      }
    }
    return text
  }
}
