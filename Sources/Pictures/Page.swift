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
  public func body() -> String {
    var body = ""
    for picture in pictures { body += part(picture) }
    return body
  }

  private func part(_ picture: any Picture) -> String {
    let words = picture.table?.html
    guard picture.isGraphic else {
      return words.map { "<div class=\"wide\">\n\($0)</div>\n" }
        ?? "<pre>\(Page.escaped(picture.text(on: canvas)))</pre>\n"
    }
    let svg = SVG(picture.drawing(on: .page()), title: words == nil ? "a picture" : "a picture of the numbers below")
    return "<figure>\n\(svg.element)</figure>\n"
      + (words.map { "<details><summary>in numbers</summary>\n\($0)</details>\n" } ?? "")
  }

  /// One picture as SVG with real text.
  public static func svg(_ picture: any Picture) -> String {
    SVG(picture.drawing(on: .page()), title: "a picture").document
  }

  /// A page of its own.
  public func html() -> String { Page.html(title: "sumi", body: body()) }

  /// A page around a body; it runs no script and loads nothing.
  public static func html(title: String, body: String) -> String {
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      + "<meta name=\"viewport\" content=\"width=device-width\">\n"
      + "<meta http-equiv=\"Content-Security-Policy\" "
      + "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
      + "<title>\(escaped(title))</title>\n<style>\n\(style)</style></head>\n<body>\n\(body)</body></html>\n"
  }

  private static let style = """
    :root { color-scheme: light dark }
    :root { --ink: #1a1a1a; --paper: #fff; --pale: #6b6b6b; --shade: #f3f4f6; --line: #c9c9c9 }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6e6e6; --paper: #17191c; --pale: #a0a0a0; --shade: #23262b; --line: #4a4d52 }
    }
    body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 sans-serif }
    body { color: var(--ink); background: var(--paper); overflow-wrap: break-word }
    a { color: inherit } nav { border-left: 3px solid var(--line); padding-left: .75rem }
    nav ol { padding-left: 1.25rem }
    pre { font: .875rem/1.45 monospace; white-space: pre-wrap }
    pre.command { margin: 1.75rem 0 .5rem; padding: .5rem .75rem }
    pre.command { background: var(--shade); border-left: 3px solid #1f57b4 }
    pre.command span, p.note { color: var(--pale) } p.note { font-size: .875rem }
    .wide { overflow-x: auto }
    table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums }
    th, td { padding: .15rem .6rem; text-align: right } th { border-bottom: 1px solid var(--line) }
    th.left, td.left { text-align: left }
    figure { margin: .5rem 0 } svg { max-width: 100%; height: auto; background: #fff; border-radius: .25rem }
    summary { color: var(--pale); font-size: .875rem; cursor: pointer }
    @media print { body { margin: 0; max-width: none } pre.command, figure, table { break-inside: avoid } }

    """

  /// Text without anything that Markdown hands on as HTML, and without what could steer a terminal.
  public static func markdown(_ text: String) -> String {
    text.withVisibleControls.unicodeScalars.map { $0 == "&" ? "&amp;" : $0 == "<" ? "&lt;" : String($0) }.joined()
  }

  /// Text without anything that HTML reads as more, and without what could steer a terminal that shows the page.
  public static func escaped(_ text: String) -> String {
    // By scalars: a mark after a bracket makes one character of both.
    text.withVisibleControls(besides: ["\r", "\n", "\t"]).unicodeScalars.map { scalar in
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
