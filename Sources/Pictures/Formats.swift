extension Table {
  /// RFC 4180: a head, commas, quotes where they are needed, CRLF.
  public var csv: String {
    let head = columns.map(\.title)
    return ([head] + values).map { row in
      row.map(Table.field).joined(separator: ",") + "\r\n"
    }.joined()
  }

  private static func field(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// A table of GitHub's Markdown.
  public var markdown: String {
    func row(_ cells: [String]) -> String {
      "| " + cells.map { $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
        .joined(separator: " | ") + " |\n"
    }
    let rule = "|" + columns.map { $0.leansRight ? "--:|" : "---|" }.joined() + "\n"
    return row(columns.map(\.title)) + rule + rows.map { row($0.map(\.text)) }.joined()
  }

  /// An HTML table, every text escaped.
  public var html: String {
    func row(_ cells: [String], _ tag: String) -> String {
      "<tr>" + cells.map { "<\(tag)>\(Page.escaped($0))</\(tag)>" }.joined() + "</tr>\n"
    }
    return "<table>\n" + row(columns.map(\.title), "th") + rows.map { row($0.map(\.text), "td") }.joined()
      + "</table>\n"
  }
}

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

  /// A page of its own; no script, every text escaped.
  public var html: String {
    let body = pictures.map { $0.table?.html ?? "<pre>\(Page.escaped($0.text(on: canvas)))</pre>\n" }.joined()
    return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
      + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
      + "<title>sumi</title></head>\n<body>\n\(body)</body></html>\n"
  }

  static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: String(character)
      }
    }.joined()
  }
}
