import Files
import FoundationEssentials
import Grammar

/// Scripts inside other files: the sumi cells of a notebook, or the sumi fences of a Markdown page.
enum ForeignScript {
  /// The lines of a script; nil for a file that is one itself.
  /// - Throws: `Refusal` when the file is not what its ending says.
  static func text(_ bytes: [UInt8], at path: String) throws(Refusal) -> String? {
    switch FileEnding.of(path) {
    case "ipynb": return try notebook(bytes, path)
    case "md", "markdown": return page(String(decoding: bytes, as: UTF8.self))
    default: return nil
    }
  }

  private struct Notebook: Decodable {
    struct Cell: Decodable {
      let cell_type: String
      let source: Source
    }

    /// One text, or its lines.
    enum Source: Decodable {
      case text(String)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let lines = try? container.decode([String].self) {
          self = .text(lines.joined())
        } else {
          self = .text(try container.decode(String.self))
        }
      }

      var lines: [String] {
        guard case .text(let text) = self else { return [] }
        return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
      }
    }

    let cells: [Cell]
  }

  private static func notebook(_ bytes: [UInt8], _ path: String) throws(Refusal) -> String {
    do {
      let notebook = try JSONDecoder().decode(Notebook.self, from: Data(bytes))
      let parts = notebook.cells.map { cell in
        cell.cell_type == "code" ? cell.source.lines : cell.source.lines.map(comment)
      }
      return parts.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
    } catch { throw Refusal("\(path) is no notebook; expected one of nbformat 4, with cells") }
  }

  /// Around what a command showed, in a page; no reader shows them.
  static let output = (begin: "<!-- output -->", end: "<!-- end of output -->")

  /// Line by line, so that a mistake has the number that it has in the page.
  private static func page(_ text: String) -> String {
    var fence: (mark: Substring, isOurs: Bool)?
    var isOutput = false
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line -> String in
      if fence == nil, line == output.begin || (isOutput && line == output.end) {
        isOutput = line == output.begin
        return ""
      }
      if isOutput || (fence == nil && line == "<!-- \(Publication.mark) -->") { return "" }
      let mark = line.prefix { $0 == "`" || $0 == "~" }
      if let open = fence {
        let closes =
          mark.count >= open.mark.count && mark.first == open.mark.first
          && line.dropFirst(mark.count).allSatisfy(\.isWhitespace)
        if closes { fence = nil }
        return closes || !open.isOurs ? "" : String(line)
      }
      guard mark.count >= 3 else { return comment(String(line)) }
      fence = (mark, line.dropFirst(mark.count).split(separator: " ").first == "sumi")
      return ""
    }.joined(separator: "\n")
  }

  private static func comment(_ line: String) -> String {
    line.allSatisfy(\.isWhitespace) ? "" : line.hasPrefix("#") ? "#\(line)" : "# \(line)"
  }
}
