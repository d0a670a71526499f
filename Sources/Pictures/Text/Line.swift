/// How a stretch of text looks, in the terminal's own palette.
public struct Style: Equatable, Sendable {
  /// Colours by meaning: blue for what is true, red for what is wrong, green for what is right.
  public enum Colour: Equatable, Sendable {
    case red, green, yellow, blue, cyan
    /// A colour of its own, for pictures.
    case ink(Ink)
  }

  public var foreground: Colour?
  public var background: Colour?
  public var isBold = false
  public var isDim = false

  public init(_ foreground: Colour? = nil, background: Colour? = nil, isBold: Bool = false, isDim: Bool = false) {
    self.foreground = foreground
    self.background = background
    self.isBold = isBold
    self.isDim = isDim
  }

  /// Whether it has a colour of its own, which not every terminal can show as it is.
  public var isMixed: Bool {
    [foreground, background].contains { if case .ink = $0 { true } else { false } }
  }

  public static let plain = Style()
  public static let dim = Style(isDim: true)
  public static let bold = Style(isBold: true)
}

/// One line of styled text; control characters in it have been made visible.
public struct Line: Equatable, Sendable, ExpressibleByStringInterpolation {
  /// Text of one style.
  public struct Run: Equatable, Sendable {
    public let text: String
    public let style: Style
    /// Whether it may differ when the same is done again: a time, a speed, a path, a number drawn by chance.
    public let isVolatile: Bool
  }

  public private(set) var runs: [Run] = []

  public init() {}

  public init(_ text: String, _ style: Style = .plain, isVolatile: Bool = false) {
    append(text, style, isVolatile: isVolatile)
  }

  public init(stringLiteral text: String) { self.init(text) }

  /// `"\(volatile: time) for \(count) examples"`.
  public init(stringInterpolation: Interpolation) { self = stringInterpolation.line }

  /// Adds text at the end.
  public mutating func append(_ text: String, _ style: Style = .plain, isVolatile: Bool = false) {
    if !text.isEmpty { append(Run(text: text.withVisibleControls, style: style, isVolatile: isVolatile)) }
  }

  /// Text that looks like what is before it is one run with it.
  private mutating func append(_ run: Run) {
    guard let last = runs.last, last.style == run.style, last.isVolatile == run.isVolatile else {
      return runs.append(run)
    }
    runs[runs.count - 1] = Run(text: last.text + run.text, style: run.style, isVolatile: run.isVolatile)
  }

  public static func + (first: Line, second: Line) -> Line {
    var line = first
    for run in second.runs { line.append(run) }
    return line
  }

  /// Without the styles.
  public var text: String { runs.map(\.text).joined() }

  /// Cells it takes in a terminal.
  public var columns: Int { runs.reduce(0) { $0 + $1.text.columns } }

  /// Cut into lines no wider than `width` cells, between words where that can be; later ones are indented by two.
  public func wrapped(to width: Int) -> [Line] {
    guard columns > width else { return [self] }
    var (lines, line, used) = ([Line](), Line(), 0)
    for word in words {
      // The blank after a word may hang over the edge.
      if used + word.columns - (word.text.last == " " ? 1 : 0) > width, used > 0 {
        lines.append(line.withoutBlankAtEnd)
        (line, used) = (Line("  "), 2)
      }
      line = line + word
      used += word.columns
    }
    return lines + [line]
  }

  /// Words with the blank after each; a word may be of several styles.
  private var words: [Line] {
    var (words, word) = ([Line](), Line())
    for run in runs {
      for piece in run.text.split(after: " ") {
        word.append(piece, run.style, isVolatile: run.isVolatile)
        if piece.hasSuffix(" ") {
          words.append(word)
          word = Line()
        }
      }
    }
    return word.runs.isEmpty ? words : words + [word]
  }

  /// A blank at the edge would make a terminal begin another line.
  private var withoutBlankAtEnd: Line {
    guard let last = runs.last, last.text.hasSuffix(" ") else { return self }
    var line = self
    line.runs[line.runs.count - 1] = Run(
      text: String(last.text.dropLast()), style: last.style, isVolatile: last.isVolatile)
    return line
  }

  /// Without what does not fit into `width` cells; an ellipsis tells that something is missing.
  public func cut(to width: Int) -> Line {
    guard columns > width else { return self }
    var (line, used) = (Line(), 0)
    for run in runs {
      for character in run.text {
        if used + character.columns > width - 1 {
          line.append("…", run.style)
          return line
        }
        line.append(String(character), run.style, isVolatile: run.isVolatile)
        used += character.columns
      }
    }
    return line
  }

  /// With blanks up to `width` cells, before or after.
  public func padded(to width: Int, right: Bool = false) -> Line {
    let blanks = Line(String(repeating: " ", count: max(0, width - columns)))
    return right ? blanks + self : self + blanks
  }
}

extension String {
  /// Pieces that each end after the separator.
  fileprivate func split(after separator: Character) -> [String] {
    var pieces = [""]
    for character in self {
      pieces[pieces.count - 1].append(character)
      if character == separator { pieces.append("") }
    }
    return pieces.filter { !$0.isEmpty }
  }
}
