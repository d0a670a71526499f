import Pictures

extension Narration {
  /// The prose on a terminal: headings with a rule below them, paragraphs filled, bullets.
  /// - Parameter width: cells of the longest line.
  func lines(width: Int) -> [Line] {
    var (shown, paragraph) = ([Line](), [String]())
    func flush() {
      guard !paragraph.isEmpty else { return }
      shown += Narration.styled(paragraph.joined(separator: " ")).wrapped(to: width).map(Narration.flush)
      paragraph = []
    }
    for line in prose {
      if let level = Narration.headingLevel(line) {
        flush()
        shown += Narration.heading(String(line.dropFirst(level + 1)), level, width)
      } else if line.hasPrefix("- ") || line.hasPrefix("* ") {
        flush()
        shown += (Line("• ") + Narration.styled(String(line.dropFirst(2)))).wrapped(to: width)
      } else if line.isEmpty {
        flush()
        if shown.last?.runs.isEmpty == false { shown.append(Line()) }
      } else {
        paragraph.append(line)
      }
    }
    flush()
    return shown.reversed().drop { $0.runs.isEmpty }.reversed()
  }

  /// Pieces of a filled paragraph begin at the edge.
  private static func flush(_ line: Line) -> Line {
    guard let first = line.runs.first, first.text.hasPrefix("  ") else { return line }
    var flushed = Line(String(first.text.dropFirst(2)), first.style)
    for run in line.runs.dropFirst() { flushed.append(run.text, run.style) }
    return flushed
  }

  private static func heading(_ text: String, _ level: Int, _ width: Int) -> [Line] {
    let title = Line(text, Style(.cyan, isBold: true)).cut(to: width)
    guard level == 1 else { return [title] }
    return [title, Line(String(repeating: "─", count: title.columns), Style(.cyan))]
  }

  /// Emphasis and code as styles; a mark without its partner stays as it is.
  private static func styled(_ text: String) -> Line {
    var (line, rest) = (Line(), text[...])
    while let (mark, style, range) = firstMark(in: rest) {
      line.append(String(rest[..<range.lowerBound]))
      let behind = rest[range.upperBound...]
      let end = behind.first?.isWhitespace == false ? behind.firstRange(of: mark) : nil
      if let end, !behind[..<end.lowerBound].isEmpty {
        line.append(String(behind[..<end.lowerBound]), style)
        rest = behind[end.upperBound...]
      } else {
        line.append(mark)
        rest = behind
      }
    }
    line.append(String(rest))
    return line
  }

  private static func firstMark(in text: Substring) -> (String, Style, Range<Substring.Index>)? {
    let marks: [(String, Style)] = [("`", Style(.yellow)), ("**", .bold), ("*", .bold)]
    return marks.compactMap { mark, style in text.firstRange(of: mark).map { (mark, style, $0) } }
      .min { ($0.2.lowerBound, $1.0.count) < ($1.2.lowerBound, $0.0.count) }
  }
}

extension Talk.Step {
  /// Its words on a terminal.
  public func lines(width: Int) -> [Line] { Narration(narration).lines(width: width) }
}
