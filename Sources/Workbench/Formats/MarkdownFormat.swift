import Grammar
import Pictures

/// A session as Markdown: narration as it was written, commands in fences, results as tables and text.
struct MarkdownFormat: SessionFormat {
  static let form = Form<MarkdownFormat>(
    "markdown", "Narration as it was written, commands in fences, results as tables and text.",
    examples: ["save session work.md"], make: { MarkdownFormat() }, settings: { _ in () })

  static let endings = ["md", "markdown"]
  static let isReplayable = false

  func bytes(_ session: Session, at path: String, mark: String?) throws(Refusal) -> [UInt8] {
    var parts = session.headings.isEmpty ? ["# A session with Sumi\n"] : []
    for (cell, line) in zip(session.cells, session.replayedLines) {
      let lines = line.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)).text + "\n" }
      parts += [Narration(cell.narration).markdown, "```sumi\n\(lines.joined())```\n"]
      parts += MarkdownFormat.output(cell.answer)
    }
    parts.append(Narration(session.narration).markdown)
    parts += mark.map { ["<!-- \($0) -->\n"] } ?? []
    return Array(parts.filter { !$0.isEmpty }.joined(separator: "\n").utf8)
  }

  /// What a command showed, between two marks, as it is not to be taken for narration when the page is run again.
  private static func output(_ answer: (any Answer)?) -> [String] {
    let notes = (answer?.notes ?? []).map { "*\(Page.markdown($0.text).replacing("*", with: "\\*"))*\n" }
    let parts = ([Page(answer?.pictures ?? []).markdown] + notes).filter { !$0.isEmpty }
    return parts.isEmpty ? [] : [ForeignScript.output.begin + "\n"] + parts + [ForeignScript.output.end + "\n"]
  }
}
