import Grammar
import Pictures

/// A session as Markdown: narration as it was written, commands in fences, results as tables and text.
struct MarkdownFormat: SessionFormat {
  static let form = Form<MarkdownFormat>(
    "markdown", "Narration as it was written, commands in fences, results as tables and text.",
    examples: ["save session work.md"], make: { MarkdownFormat() }, settings: { _ in () })

  static let endings = ["md", "markdown"]
  static let isReplayable = false

  func bytes(_ session: Session, at path: String) throws(Refusal) -> [UInt8] {
    var parts =
      (session.headings.isEmpty ? ["# A session with Sumi\n"] : []) + [
        "All random choices follow from seed \(session.seed.number).\n"
      ]
    for cell in session.cells {
      parts += [Narration(cell.narration).markdown, "```sumi\n\(Line(cell.line).text)\n```\n"]
      guard let answer = cell.answer else { continue }
      parts.append(Page(answer.pictures).markdown)
      parts += answer.notes.map { "*\($0.text.replacing("*", with: "\\*"))*\n" }
    }
    parts.append(Narration(session.narration).markdown)
    return Array(parts.filter { !$0.isEmpty }.joined(separator: "\n").utf8)
  }
}
