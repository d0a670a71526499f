import Grammar
import Pictures
import Workbench

/// Candidates in columns, each with its help where there is room.
struct Menu {
  private struct Entry {
    let shown: String
    let help: String
  }

  private let candidates: [Entry]

  init(_ candidates: [Candidate]) { self.candidates = candidates.map { Entry(shown: $0.shown, help: $0.help) } }

  /// What a parameter is, where nothing can be listed.
  init(awaited slot: ParameterInfo) {
    candidates = [Entry(shown: "‹\(slot.name)›", help: "\(slot.help): \(slot.expected)")]
  }

  /// - Parameter rows: at most so many lines; the last one tells how many are left out.
  func lines(columns: Int, rows: Int) -> [Line] {
    guard rows > 0 else { return [] }
    let width = (candidates.map { $0.shown.columns }.max() ?? 0) + 2
    if candidates.count <= rows { return candidates.map { Menu.line($0, width: width, columns: columns) } }
    let across = max(1, (columns - 1) / width)
    let needed = (candidates.count + across - 1) / across
    let shown = min(needed, rows - (needed > rows ? 1 : 0))
    let lines = (0..<shown).map { row in
      stride(from: row, to: candidates.count, by: needed > rows ? max(1, shown) : needed).prefix(across)
        .reduce(Line()) { $0 + Line(candidates[$1].shown).padded(to: width) }.clipped(to: columns - 1)
    }
    guard needed > rows else { return lines }
    return lines + [Line("… and \(candidates.count - shown * across) more", .dim).clipped(to: columns - 1)]
  }

  private static func line(_ candidate: Entry, width: Int, columns: Int) -> Line {
    (Line(candidate.shown).padded(to: width) + Line(candidate.help, .dim)).clipped(to: columns - 1)
  }
}

extension Line {
  /// Its beginning, no wider than so many cells.
  func clipped(to width: Int) -> Line {
    var (line, left) = (Line(), width)
    for run in runs {
      var text = ""
      for character in run.text where left >= character.columns {
        text.append(character)
        left -= character.columns
      }
      line.append(text, run.style)
      if text.count < run.text.count { break }
    }
    return line
  }
}
