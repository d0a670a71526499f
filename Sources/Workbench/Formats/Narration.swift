import Pictures

/// Comments and blank lines before a command, as prose: a little Markdown, of headings, lists, emphasis and code.
struct Narration {
  /// Without the marks of comments; blank lines part paragraphs.
  let prose: [String]

  init(_ comments: [String]) {
    // What is for the speaker, and outputs that were recorded, are nobody's reading.
    prose = comments.filter { comment in !["#:", "#|", "# tolerance:"].contains { comment.hasPrefix($0) } }.map { comment in
      let text = comment.drop(while: \.isWhitespace)
      guard text.hasPrefix("#") else { return "" }
      return String(text.dropFirst(text.hasPrefix("# ") ? 2 : 1))
    }
  }

  /// The texts of its headings.
  var headings: [String] {
    prose.filter { Narration.headingLevel($0) != nil }.map { Narration.plain($0.drop { $0 == "#" || $0 == " " }) }
  }

  /// How many `#` a heading has; nil for what is none.
  static func headingLevel(_ line: String) -> Int? {
    let level = line.prefix { $0 == "#" }.count
    return (1...5).contains(level) && line.dropFirst(level).hasPrefix(" ") ? level : nil
  }

  /// Without the marks of emphasis and code.
  private static func plain(_ text: Substring) -> String { text.filter { $0 != "*" && $0 != "`" } }

  /// The prose as it was written; empty when there is none.
  var markdown: String {
    let text = prose.drop { $0.isEmpty }.reversed().drop { $0.isEmpty }.reversed().joined(separator: "\n")
    return text.isEmpty ? "" : text + "\n"
  }

  /// The prose as HTML, every text escaped.
  var html: String {
    var html = ""
    for block in prose.split(whereSeparator: \.isEmpty) { html += Narration.blocks(Array(block)) }
    return html
  }

  private static func blocks(_ lines: [String]) -> String {
    var (html, items, paragraph) = ("", [String](), [String]())
    func flushed() -> String {
      let list = items.isEmpty ? "" : "<ul>\n" + items.map { "<li>\(inline($0))</li>\n" }.joined() + "</ul>\n"
      return (paragraph.isEmpty ? "" : "<p>\(inline(paragraph.joined(separator: "\n")))</p>\n") + list
    }
    for line in lines {
      let level = headingLevel(line)
      let isItem = line.hasPrefix("- ") || line.hasPrefix("* ")
      if level != nil || (!isItem && !items.isEmpty) || (isItem && !paragraph.isEmpty) {
        html += flushed()
        (items, paragraph) = ([], [])
      }
      if let level {
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
