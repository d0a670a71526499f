/// Pictures below each other, as a file.
public struct Page: Sendable {
  private let pictures: [any Picture]
  private let canvas: Canvas

  public init(_ pictures: [any Picture], width: Int = 100) {
    self.pictures = pictures
    canvas = Canvas(width: width, hasColour: false)
  }

  /// Everything as plain text.
  public var text: String { pictures.map { $0.text(on: canvas) }.joined() }

  /// The first table, when there is one.
  public var csv: String? { pictures.lazy.compactMap(\.table).first?.csv }

  /// Tables as Markdown's, the rest as text in fences.
  public var markdown: String {
    pictures.map { $0.table?.markdown ?? "```\n\($0.text(on: canvas))```\n" }.joined(separator: "\n")
  }

  /// All of them on one sheet.
  /// - Parameter margin: points of white around them.
  public func drawing(on paper: Paper, margin: Double = Paper.margin) -> Drawing {
    Drawing.stack(pictures.map { $0.drawing(on: paper) }.filter { $0.height > 0 }, margin: margin)
  }

  /// A file of shapes or pixels.
  /// - Throws: `Undrawable` when Cairo is not there, or the picture is too large.
  public func file(_ format: Print.Format, theme: Theme) throws(Undrawable) -> [UInt8] {
    try Print(drawing(on: .page(theme)), theme: theme).bytes(format)
  }

  /// The part of an HTML page that shows them: pictures as SVG, the rest as text; every text is escaped.
  /// - Throws: `Undrawable` when Cairo is not there.
  public func body() throws(Undrawable) -> String {
    var body = ""
    for picture in pictures { body += try part(picture) }
    return body
  }

  private func part(_ picture: any Picture) throws(Undrawable) -> String {
    let words = picture.table?.html
    guard picture.isGraphic else { return words ?? "<pre>\(Page.escaped(picture.text(on: canvas)))</pre>\n" }
    let svg = try Print(picture.drawing(on: .page()), theme: .light).bytes(.svg)
    let source = "data:image/svg+xml;base64," + String(decoding: Inline.base64(svg), as: UTF8.self)
    return "<p><img alt=\"\(words == nil ? "a picture" : "a picture of the numbers below")\" src=\"\(source)\"></p>\n"
      + (words.map { "<details><summary>in numbers</summary>\n\($0)</details>\n" } ?? "")
  }

  /// A page of its own.
  /// - Throws: `Undrawable` when Cairo is not there.
  public func html() throws(Undrawable) -> String { Page.html(title: "sumi", body: try body()) }

  /// A page around a body; it runs no script and loads nothing.
  public static func html(title: String, body: String) -> String {
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      + "<meta name=\"viewport\" content=\"width=device-width\">\n"
      + "<meta http-equiv=\"Content-Security-Policy\" "
      + "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
      + "<title>\(escaped(title))</title>\n<style>\n\(style)</style></head>\n<body>\n\(body)</body></html>\n"
  }

  private static let style = """
    body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 sans-serif }
    body { color: #1a1a1a; background: #fff }
    pre { font: .875rem/1.45 monospace; white-space: pre-wrap }
    pre.command { margin: 1.75rem 0 .5rem; padding: .5rem .75rem; background: #f3f4f6; border-left: 3px solid #1f57b4 }
    pre.command span { color: #6b6b6b }
    table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums }
    th, td { padding: .15rem .6rem; text-align: right } th { border-bottom: 1px solid #c9c9c9 }
    th.left, td.left { text-align: left }
    img { max-width: 100%; height: auto } summary { color: #6b6b6b; font-size: .875rem; cursor: pointer }

    """

  /// Text without anything that HTML reads as more.
  public static func escaped(_ text: String) -> String {
    // By scalars: a mark after a bracket makes one character of both.
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      default: String(scalar)
      }
    }.joined()
  }
}
