import Pictures

/// Writes styled lines with a terminal's sequences for colours, or without any.
struct Palette {
  let hasColour: Bool
  /// Whether mixed colours are written as they are.
  var hasTrueColour = false

  /// A line with the sequences of its styles; without colours blanks at the end are left out.
  func paint(_ line: Line) -> String {
    hasColour ? line.runs.map { paint($0.text, $0.style) }.joined() : line.text.withoutBlanksAtEnd
  }

  /// A text with the sequences of a style around it.
  func paint(_ text: String, _ style: Style) -> String {
    let codes = hasColour ? self.codes(style) : []
    return codes.isEmpty ? text : "\u{1b}[\(codes.joined(separator: ";"))m\(text)\u{1b}[0m"
  }

  /// The numbers of ECMA-48's SGR.
  private func codes(_ style: Style) -> [String] {
    (style.isBold ? ["1"] : []) + (style.isDim ? ["2"] : [])
      + (style.foreground.map { codes($0, base: 30) } ?? []) + (style.background.map { codes($0, base: 40) } ?? [])
  }

  private func codes(_ colour: Style.Colour, base: Int) -> [String] {
    switch colour {
    case .red: ["\(base + 1)"]
    case .green: ["\(base + 2)"]
    case .yellow: ["\(base + 3)"]
    case .blue: ["\(base + 4)"]
    case .cyan: ["\(base + 6)"]
    case .ink(let ink):
      hasTrueColour
        ? ["\(base + 8)", "2", "\(ink.red)", "\(ink.green)", "\(ink.blue)"]
        : ["\(base + 8)", "5", "\(Palette.nearest(ink))"]
    }
  }

  /// The nearest colour of the palette of 256: a cube of 6×6×6 from 16, and greys in steps of 10 from 232.
  static func nearest(_ ink: Ink) -> Int {
    let wanted = [Int(ink.red), Int(ink.green), Int(ink.blue)]
    let levels = [0, 95, 135, 175, 215, 255]
    let places = wanted.map { value in levels.indices.min { abs(levels[$0] - value) < abs(levels[$1] - value) } ?? 0 }
    let mean = wanted.reduce(0, +) / 3
    let grey = min(23, max(0, (mean - 3) / 10))
    func distance(_ colour: [Int]) -> Int { zip(colour, wanted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
    let isGrey = distance([Int](repeating: 8 + 10 * grey, count: 3)) < distance(places.map { levels[$0] })
    return isGrey ? 232 + grey : 16 + 36 * places[0] + 6 * places[1] + places[2]
  }
}

extension String {
  /// Blanks at the end are there for colours only.
  fileprivate var withoutBlanksAtEnd: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
