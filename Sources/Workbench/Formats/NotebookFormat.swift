import Grammar
import Pictures

/// A session as a Jupyter notebook, nbformat 4.5: narration as Markdown cells, commands with their results.
struct NotebookFormat: SessionFormat {
  static let form = Form<NotebookFormat>(
    "notebook", "A Jupyter notebook: narration as Markdown cells, commands with their results and pictures.",
    examples: ["save session work.ipynb"], make: { NotebookFormat() }, settings: { _ in () })

  static let endings = ["ipynb"]
  static let isReplayable = false

  func bytes(_ session: Session, at path: String, mark: String?) throws(Refusal) -> [UInt8] {
    var cells: [JSON] = []
    for (index, (cell, line)) in zip(session.cells, session.replayedLines).enumerated() {
      cells += NotebookFormat.words(cell.narration, id: "words-\(index + 1)")
      cells.append(NotebookFormat.command(cell, line, number: index + 1))
    }
    cells += NotebookFormat.words(session.narration, id: "words-end")
    let notebook = JSON.object([
      ("cells", .list(cells)),
      (
        "metadata",
        .object([
          ("kernelspec", .object([("display_name", "Sumi"), ("language", "sumi"), ("name", "sumi")])),
          ("language_info", .object([("name", "sumi"), ("file_extension", ".sumi")])),
          (
            "sumi",
            .object([("seed", .text("\(session.seed.number)"))] + (mark.map { [("origin", .text($0))] } ?? []))
          ),
        ])
      ),
      ("nbformat", 4), ("nbformat_minor", 5),
    ])
    return Array((notebook.text + "\n").utf8)
  }

  private static func words(_ narration: [String], id: String) -> [JSON] {
    let text = Narration(narration).markdown
    guard !text.isEmpty else { return [] }
    return [
      .object([
        ("cell_type", "markdown"), ("id", .text(id)), ("metadata", .object([])),
        ("source", .text(String(text.dropLast(text.hasSuffix("\n") ? 1 : 0)))),
      ])
    ]
  }

  private static func command(_ cell: Cell, _ line: String, number: Int) -> JSON {
    let notes = (cell.answer?.notes ?? []).map { $0.text + "\n" }.joined()
    let streams: [JSON] = notes.isEmpty
      ? [] : [.object([("output_type", "stream"), ("name", "stderr"), ("text", .text(notes))])]
    return .object([
      ("cell_type", "code"), ("execution_count", .integer(number)), ("id", .text("command-\(number)")),
      ("metadata", .object([])), ("source", .text(line)),
      ("outputs", .list((cell.answer?.figures ?? []).compactMap(output) + streams)),
    ])
  }

  /// A result with every form that a reader may show: text always, tables as HTML, pictures as SVG.
  private static func output(_ picture: any Picture) -> JSON? {
    let text = Page([picture]).text
    guard text.contains(where: { !$0.isWhitespace }) else { return nil }
    let html = picture.table.map { [("text/html", JSON.text($0.html))] } ?? []
    let svg = picture.isGraphic ? [("image/svg+xml", JSON.text(Page.svg(picture)))] : []
    return .object([
      ("output_type", "display_data"), ("metadata", .object([])),
      ("data", .object((picture.isGraphic ? svg : html) + [("text/plain", .text(text))])),
    ])
  }
}
