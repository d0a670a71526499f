import Pictures

/// Comments and blank lines before a command, as prose: a little Markdown, of headings, lists, emphasis and code.
struct Narration {
  /// Without the marks of comments; blank lines part paragraphs.
  private let lines: [String]

  init(_ comments: [String]) {
    lines = comments.map { comment in
      let text = comment.drop(while: \.isWhitespace)
      guard text.hasPrefix("#") else { return "" }
      return String(text.dropFirst(text.hasPrefix("# ") ? 2 : 1))
    }
  }

  /// The prose as it was written; empty when there is none.
  var markdown: String {
    let text = lines.drop { $0.isEmpty }.reversed().drop { $0.isEmpty }.reversed().joined(separator: "\n")
    return text.isEmpty ? "" : text + "\n"
  }

  /// The prose as HTML, every text escaped.
  var html: String {
    var html = ""
    for block in lines.split(whereSeparator: \.isEmpty) { html += Narration.blocks(Array(block)) }
    return html
  }

  private static func blocks(_ lines: [String]) -> String {
    var (html, items, paragraph) = ("", [String](), [String]())
    func flushed() -> String {
      let list = items.isEmpty ? "" : "<ul>\n" + items.map { "<li>\(inline($0))</li>\n" }.joined() + "</ul>\n"
      return (paragraph.isEmpty ? "" : "<p>\(inline(paragraph.joined(separator: "\n")))</p>\n") + list
    }
    for line in lines {
      let level = line.prefix { $0 == "#" }.count
      let isHeading = (1...5).contains(level) && line.dropFirst(level).hasPrefix(" ")
      let isItem = line.hasPrefix("- ") || line.hasPrefix("* ")
      if isHeading || (!isItem && !items.isEmpty) || (isItem && !paragraph.isEmpty) {
        html += flushed()
        (items, paragraph) = ([], [])
      }
      if isHeading {
        html += "<h\(level + 1)>\(inline(String(line.dropFirst(level + 1))))</h\(level + 1)>\n"
      } else if isItem {
        items.append(String(line.dropFirst(2)))
      } else {
        paragraph.append(line)
      }
    }
    return html + flushed()
  }

  /// `**strong**`, `*emphasis*` and code in backquotes; a mark without its partner stays as it is.
  private static func inline(_ text: String) -> String {
    let lines = text.split(separator: "\n").map { Page.escaped(Line(String($0)).text) }
    var html = lines.joined(separator: "\n")
    for (mark, tag) in [("`", "code"), ("**", "strong"), ("*", "em")] { html = tagged(html, mark, tag) }
    return html
  }

  /// A mark opens before a letter and closes after one.
  private static func tagged(_ html: String, _ mark: String, _ tag: String) -> String {
    var (result, rest) = ("", html[...])
    while let start = rest.firstRange(of: mark) {
      result += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      let end = rest.first?.isWhitespace == false ? rest.firstRange(of: mark) : nil
      if let end, let last = rest[..<end.lowerBound].last, !last.isWhitespace {
        result += "<\(tag)>\(rest[..<end.lowerBound])</\(tag)>"
        rest = rest[end.upperBound...]
      } else {
        result += mark
      }
    }
    return result + rest
  }
}
