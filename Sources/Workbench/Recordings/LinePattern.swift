import Pictures

/// A line of a replay, as what a recorded line has to match: words exactly, numbers within a tolerance, and anything
/// where the line may differ each time.
struct LinePattern {
  private enum Piece {
    case text(Substring)
    case number(Substring)
    /// Any characters: a time, a path.
    case anything
  }

  private let pieces: [Piece]

  init(_ line: Line) {
    var pieces: [Piece] = []
    for run in line.runs { pieces += run.isVolatile ? [.anything] : LinePattern.pieces(run.text) }
    self.pieces = pieces
  }

  func matches(_ recorded: String, within tolerance: Tolerance) -> Bool {
    var tries = 0
    return LinePattern.matches(pieces[...], LinePattern.trimmed(recorded)[...], tolerance, &tries)
  }

  /// More ways to stretch what is volatile are not tried; no line of ours needs as many.
  private static let maximum = 100_000

  private static func matches(
    _ pieces: ArraySlice<Piece>, _ text: Substring, _ tolerance: Tolerance, _ tries: inout Int
  ) -> Bool {
    var (rest, text) = (pieces, text)
    while let piece = rest.popFirst() {
      switch piece {
      case .text(let words):
        guard let left = without(words, text, tolerance, isLast: rest.isEmpty) else { return false }
        text = left
      case .number(let number):
        let recorded = self.number(text)
        guard !recorded.isEmpty, tolerance.allows(recorded, number) else { return false }
        text = text[recorded.endIndex...]
      case .anything:
        while true {
          tries += 1
          if tries > maximum { return false }
          if matches(rest, text, tolerance, &tries) { return true }
          if text.popFirst() == nil { return false }
        }
      }
    }
    return text.allSatisfy(\.isWhitespace)
  }

  /// What is left behind the words. Several blanks are as good as others, since columns are as wide as their numbers;
  /// so are rules below them and, where pictures may differ, bars and sparklines.
  private static func without(_ words: Substring, _ text: Substring, _ tolerance: Tolerance, isLast: Bool) -> Substring?
  {
    var (words, text) = (words, text)
    while let next = words.first {
      guard let run = Run(next, tolerance) else {
        guard text.first == next else { return nil }
        words.removeFirst()
        text.removeFirst()
        continue
      }
      words = words.drop { Run($0, tolerance) == run }
      let left = text.drop { Run($0, tolerance) == run }
      if words.isEmpty, isLast, run == .blanks { return left }
      guard left.startIndex > text.startIndex else { return nil }
      text = left
    }
    return text
  }

  /// Characters of which several are as good as others.
  private enum Run {
    case blanks, rule, blocks

    init?(_ character: Character, _ tolerance: Tolerance) {
      switch character {
      case " ": self = .blanks
      case "─": self = .rule
      case "\u{2580}"..."\u{259F}" where tolerance.sparesPictures: self = .blocks
      default: return nil
      }
    }
  }

  /// The number at the beginning: digits with commas and a point, or none.
  private static func number(_ text: Substring) -> Substring {
    var end = text.startIndex
    var isOpen = false
    for index in text.indices {
      if text[index].isASCIIDigit {
        end = text.index(after: index)
        isOpen = false
      } else if ".,".contains(text[index]), end > text.startIndex, !isOpen {
        isOpen = true
      } else {
        break
      }
    }
    return text[..<end]
  }

  private static func pieces(_ text: String) -> [Piece] {
    var (pieces, rest) = ([Piece](), text[...])
    while !rest.isEmpty {
      let words = rest.prefix { !$0.isASCIIDigit }
      if !words.isEmpty { pieces.append(.text(words)) }
      let number = self.number(rest[words.endIndex...])
      if !number.isEmpty { pieces.append(.number(number)) }
      rest = rest[number.endIndex...]
    }
    return pieces
  }

  /// Blanks at the end are nobody's.
  static func trimmed(_ text: String) -> String {
    String(text[..<(text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.startIndex)])
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
