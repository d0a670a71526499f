extension Table {
  /// RFC 4180: a head, commas, quotes where they are needed, CRLF.
  public var csv: String {
    let head = columns.map(\.title)
    return ([head] + values).map { row in
      row.map(Table.field).joined(separator: ",") + "\r\n"
    }.joined()
  }

  private static func field(_ text: String) -> String {
    let text = text.withVisibleControls(besides: ["\r", "\n", "\t"])
    guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// A table of GitHub's Markdown, in which no text is taken for HTML.
  public var markdown: String {
    func row(_ cells: [String]) -> String {
      "| " + cells.map { Page.markdown($0).split(separator: "|", omittingEmptySubsequences: false) }
        .map { $0.joined(separator: "\\|") }.joined(separator: " | ") + " |\n"
    }
    let rule = "|" + columns.map { $0.leansRight ? "--:|" : "---|" }.joined() + "\n"
    return row(columns.map(\.title)) + rule + rows.map { row($0.map(\.text)) }.joined()
  }

  /// An HTML table, every text escaped.
  public var html: String {
    func row(_ cells: [String], _ tag: String) -> String {
      "<tr>" + cells.enumerated().map { index, cell in
        "<\(tag)\(columns[index].leansRight ? "" : " class=\"left\"")>\(Page.escaped(cell))</\(tag)>"
      }.joined() + "</tr>\n"
    }
    return "<table>\n" + row(columns.map(\.title), "th") + rows.map { row($0.map(\.text), "td") }.joined()
      + "</table>\n"
  }
}
