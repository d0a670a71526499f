import Pictures

/// What a command printed, as it is recorded below it.
struct Printout {
  /// One line, or a picture in characters.
  enum Part {
    case line(Line)
    case picture([String])
  }

  private(set) var parts: [Part] = []

  /// As wide as a terminal usually is, and without colours.
  private static let canvas = Canvas(width: 80, hasColour: false)

  /// Adds what became of a line.
  mutating func add(_ outcome: Outcome) {
    for picture in outcome.pictures {
      let lines = picture.lines(on: Printout.canvas)
      if picture.isGraphic {
        parts.append(.picture(lines.map { LinePattern.trimmed($0.text) }))
      } else {
        parts += lines.map(Part.line)
      }
    }
    if let file = outcome.file { parts.append(.line("written to \(volatile: file)")) }
    if let diagnostic = outcome.diagnostic, !outcome.wasTold { parts += diagnostic.lines.map(Part.line) }
    parts += outcome.notes.map(Part.line)
  }

  /// As lines of text.
  var lines: [String] {
    parts.flatMap { part in
      switch part {
      case .line(let line): [LinePattern.trimmed(line.text)]
      case .picture(let lines): lines
      }
    }
  }

  /// As a recording's last line: what follows may be anything, as which digits are mistaken for which turns on the last
  /// bits of the weights.
  private static let anything = "…"

  /// Whether recorded lines say the same.
  func matches(_ recorded: [String], within tolerance: Tolerance) -> Bool {
    var rest = recorded[...]
    for (index, part) in parts.enumerated() {
      if rest == [Printout.anything] { return true }
      switch part {
      case .line(let line):
        guard let text = rest.popFirst(), LinePattern(line).matches(text, within: tolerance) else { return false }
      case .picture where tolerance.sparesPictures: rest = behindPicture(rest, next: parts[(index + 1)...], tolerance)
      case .picture(let lines):
        guard rest.prefix(lines.count).map(LinePattern.trimmed) == lines else { return false }
        rest = rest.dropFirst(lines.count)
      }
    }
    return rest.isEmpty || rest == [Printout.anything]
  }

  /// What is left behind a picture that may look different: from the next line that has to match on.
  private func behindPicture(_ rest: ArraySlice<String>, next: ArraySlice<Part>, _ tolerance: Tolerance) -> ArraySlice<
    String
  > {
    for part in next {
      guard case .line(let line) = part else { continue }
      let pattern = LinePattern(line)
      let end = rest.firstIndex { pattern.matches($0, within: tolerance) || $0 == Printout.anything }
      return end.map { rest[$0...] } ?? []
    }
    return []
  }
}
