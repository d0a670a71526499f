import Grammar
import Pictures

/// A session as one HTML page: narration, commands, results, pictures as SVG; it runs no script and loads nothing.
struct PageFormat: SessionFormat {
  static let form = Form<PageFormat>(
    "html", "A page with narration, commands, results and pictures, for any browser.",
    examples: ["save session work.html"], make: { PageFormat() }, settings: { _ in () })

  static let endings = ["html", "htm"]
  static let isReplayable = false

  func bytes(_ session: Session, at path: String) throws(Refusal) -> [UInt8] {
    var body = "<h1>A session with Sumi</h1>\n<p>All random choices follow from seed \(session.seed.number).</p>\n"
    for (index, cell) in session.cells.enumerated() {
      body += Narration(cell.narration).html
      body += "<pre class=\"command\"><span>\(index + 1)&gt;</span> \(Page.escaped(Line(cell.line).text))</pre>\n"
      do throws(Undrawable) { body += try Page(cell.answer?.figures ?? []).body() } catch {
        throw Refusal("\(path): \(error.message)")
      }
    }
    return Array(Page.html(title: "A session with Sumi", body: body + Narration(session.narration).html).utf8)
  }
}
