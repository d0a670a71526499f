import Grammar
import Pictures

/// A session as one HTML page: narration, commands, results, pictures as SVG; it runs no script and loads nothing.
struct PageFormat: SessionFormat {
  static let form = Form<PageFormat>(
    "html", "A page with narration, commands, results and pictures, for any browser.",
    examples: ["save session work.html"], make: { PageFormat() }, settings: { _ in () })

  static let endings = ["html", "htm"]
  static let isReplayable = false

  func bytes(_ session: Session, at path: String, mark: String?) throws(Refusal) -> [UInt8] {
    let title = session.headings.first ?? "A session with Sumi"
    var (body, anchor) = ("", 0)
    for (index, cell) in session.cells.enumerated() {
      body += PageFormat.anchored(Narration(cell.narration).html, &anchor)
      body += "<pre class=\"command\"><span>\(index + 1)&gt;</span> \(Page.escaped(Line(cell.line).text))</pre>\n"
      body += Page(cell.answer?.figures ?? []).body()
      body += (cell.answer?.notes ?? []).map { "<p class=\"note\">\(Page.escaped($0.text))</p>\n" }.joined()
    }
    body += PageFormat.anchored(Narration(session.narration).html, &anchor)
    body += mark.map { "<!-- \($0) -->\n" } ?? ""
    let head =
      "<h1>\(Page.escaped(title))</h1>\n<p class=\"note\">A session with Sumi; all random choices follow from "
      + "seed \(session.seed.number).</p>\n" + PageFormat.contents(session.headings)
    return Array(Page.html(title: title, body: head + body).utf8)
  }

  /// Where each heading is, when there are several.
  private static func contents(_ headings: [String]) -> String {
    guard headings.count > 1 else { return "" }
    let items = headings.enumerated().dropFirst().map {
      "<li><a href=\"#part-\($0 + 1)\">\(Page.escaped($1))</a></li>\n"
    }
    return "<nav aria-label=\"Contents\">\n<ol>\n\(items.joined())</ol>\n</nav>\n"
  }

  /// Gives each heading the name that the contents know it by; the first one is the page's title, and stands above.
  private static func anchored(_ html: String, _ anchor: inout Int) -> String {
    html.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.hasPrefix("<h"), line.dropFirst(3).first == ">" else { return String(line) }
      anchor += 1
      if anchor == 1 { return "" }
      return "\(line.prefix(3)) id=\"part-\(anchor)\"\(line.dropFirst(3))"
    }.joined(separator: "\n")
  }
}

extension Session {
  /// The texts of its narration's headings.
  var headings: [String] { cells.flatMap { Narration($0.narration).headings } + Narration(narration).headings }
}
