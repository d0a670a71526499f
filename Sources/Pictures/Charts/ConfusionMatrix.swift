/// Counts in a square, rows and columns the same classes: what is right on the diagonal, what is wrong beside it.
public struct ConfusionMatrix: Picture {
  private let labels: [String]
  private let counts: [[Int]]

  /// - Parameter counts: `[labels][labels]`, rows true, columns predicted.
  public init(labels: [String], counts: [[Int]]) {
    precondition(counts.count == labels.count && counts.allSatisfy { $0.count == labels.count }, "a matrix is square")
    self.labels = labels
    self.counts = counts
  }

  public var isGraphic: Bool { true }

  private func sum(_ row: Int) -> Int { counts[row].reduce(0, +) }

  /// The share of a row that stands in a cell; 0 for an empty row.
  private func share(_ row: Int, _ column: Int) -> Double {
    let all = sum(row)
    return all == 0 ? 0 : Double(counts[row][column]) / Double(all)
  }

  /// The largest count beside the diagonal, at least 1: mistakes are coloured on their own scale.
  private var worst: Int {
    var worst = 1
    for row in counts.indices {
      for column in counts.indices where column != row { worst = max(worst, counts[row][column]) }
    }
    return worst
  }

  private func ink(_ row: Int, _ column: Int, worst: Int, _ theme: Theme) -> Ink {
    if row == column { return ColourMap.right.ink(0.15 + 0.85 * share(row, column), theme) }
    let count = counts[row][column]
    let part = count == 0 ? 0 : 0.1 + 0.9 * Double(count) / Double(worst)
    return ColourMap.wrong.ink(part, theme)
  }

  private static func percent(_ share: Double) -> String {
    let tenths = (0...1000).clamping(share * 1000)
    return "\(tenths / 10).\(tenths % 10) %"
  }

  public var table: Table? {
    Table(
      [.init("true", leansRight: false)] + labels.map { .init($0) } + [.init("all")],
      rows: counts.indices.map { row in
        [Line(labels[row], .bold)] + counts[row].map { Line($0 == 0 ? "·" : "\($0)") } + [Line("\(sum(row))")]
      },
      values: counts.indices.map { row in [labels[row]] + counts[row].map(String.init) + [String(sum(row))] })
  }

  public func lines(on canvas: Canvas) -> [Line] {
    let digits = max(2, counts.joined().map { "\($0)".count }.max() ?? 1)
    let names = labels.map(\.columns).max() ?? 1
    let left = min(max(4, names), max(4, canvas.width / 4))
    let tail = "all".padded(5) + "  right".padded(8)
    for (cell, hasTail) in [(max(digits, min(names, 8)) + 2, true), (digits + 1, true), (digits + 1, false)] {
      let width = left + cell * labels.count + (hasTail ? tail.columns : 0)
      if width <= canvas.width { return lines(canvas, left: left, cell: cell, tail: hasTail ? tail : "") }
    }
    return narrow(canvas, left: left)
  }

  private func lines(_ canvas: Canvas, left: Int, cell: Int, tail: String) -> [Line] {
    let indent = String(repeating: " ", count: left)
    let heads = labels.map { Line($0, .bold).cut(to: cell - 1).padded(to: cell - 1, right: true) + Line(" ") }
    let head = Line("true", .dim).padded(to: left) + heads.reduce(Line(), +) + Line(tail, .dim)
    let rule = Line(String(repeating: "─", count: left + cell * labels.count + tail.columns), .dim)
    let worst = worst
    let rows = counts.indices.map { row in
      let cells = counts.indices.reduce(Line()) { $0 + self.cell(row, $1, cell, worst, canvas) }
      let end =
        tail.isEmpty
        ? "" : "\(sum(row))".padded(5) + (sum(row) == 0 ? "–" : ConfusionMatrix.percent(share(row, row))).padded(8)
      return Line(labels[row], .bold).cut(to: left).padded(to: left) + cells + Line(end, .dim)
    }
    return [Line(indent + "  predicted →", .dim), head, rule] + rows
  }

  private func cell(_ row: Int, _ column: Int, _ width: Int, _ worst: Int, _ canvas: Canvas) -> Line {
    let count = counts[row][column]
    let text = (count == 0 ? "·" : "\(count)").padded(width - 1) + " "
    guard canvas.hasColour else {
      return Line(text, row == column ? Style(.green, isBold: true) : count == 0 ? .dim : Style(.red))
    }
    if count == 0, row != column { return Line(text, .dim) }
    let ink = ink(row, column, worst: worst, canvas.theme)
    return Line(text, Style(.ink(ink.contrast), background: .ink(ink), isBold: row == column))
  }

  /// Where there is no room for the matrix: each class with its share that is right, and what it is taken for most.
  private func narrow(_ canvas: Canvas, left: Int) -> [Line] {
    [(Line("true", .dim).padded(to: left) + Line("  right  most for", .dim)).cut(to: canvas.width)]
      + counts.indices.map { row in
        let others = counts.indices.filter { $0 != row && counts[row][$0] > 0 }
        let maximum = others.max { counts[row][$0] < counts[row][$1] }
        let taken = maximum.map { "  \(labels[$0]) \(counts[row][$0])×" } ?? ""
        return
          (Line(labels[row], .bold).cut(to: left).padded(to: left)
          + Line(ConfusionMatrix.percent(share(row, row)).padded(7), Style(.green)) + Line(taken, Style(.red))).cut(
            to: canvas.width)
      }
  }

  public func drawing(on paper: Paper) -> Drawing {
    let theme = paper.theme
    let names = labels.map { Typeface.width($0, size: Typeface.body, isBold: true) }.max() ?? 10
    let left = min(names, 110) + 30
    let tail = 100.0
    let cell = max(14, min(52, (paper.width - left - tail) / Double(max(1, labels.count))))
    let isUpright = names > cell - 6
    let top = (isUpright ? min(names, 80) + 8 : 16) + 20
    let side = cell * Double(labels.count)
    var drawing = Drawing(width: left + side + tail, height: top + side + 6)
    drawing.text("predicted", left + side / 2, 10, theme.faint, .middle)
    drawing.text("true", 10, top + side / 2, theme.faint, .middle, isUpright: true)
    drawing.text("all", left + side + 40, top - 6, theme.faint, .end)
    drawing.text("right", left + side + tail, top - 6, theme.faint, .end)
    let worst = worst
    for row in counts.indices {
      let y = top + cell * Double(row)
      drawing.text(labels[row], left - 8, y + cell / 2 + 4, theme.ink, isBold: true, .end, room: left - 26)
      let x = left + cell * (Double(row) + 0.5)
      if isUpright {
        drawing.text(labels[row], x + 4, top - 6, theme.ink, isBold: true, room: 80, isUpright: true)
      } else {
        drawing.text(labels[row], x, top - 6, theme.ink, isBold: true, .middle, room: cell)
      }
      for column in counts.indices { draw(row, column, on: &drawing, left, top, cell, worst, theme) }
      drawing.text("\(sum(row))", left + side + 40, y + cell / 2 + 4, theme.faint, .end, room: 38)
      let right = sum(row) == 0 ? "–" : ConfusionMatrix.percent(share(row, row))
      drawing.text(right, left + side + tail, y + cell / 2 + 4, theme.ink, .end)
    }
    drawing.box(left, top, side, side, line: theme.rule)
    return drawing
  }

  private func draw(
    _ row: Int, _ column: Int, on drawing: inout Drawing, _ left: Double, _ top: Double, _ cell: Double, _ worst: Int,
    _ theme: Theme
  ) {
    let (x, y) = (left + cell * Double(column), top + cell * Double(row))
    let (ink, count) = (ink(row, column, worst: worst, theme), counts[row][column])
    drawing.box(x, y, cell, cell, fill: ink)
    drawing.box(x, y, cell, cell, line: theme.grid)
    guard count > 0 else { return drawing.text("·", x + cell / 2, y + cell / 2 + 4, theme.rule, .middle) }
    let hasShare = cell >= 36
    drawing.text(
      "\(count)", x + cell / 2, y + cell / 2 + (hasShare ? 0 : 4), ink.contrast, isBold: row == column, .middle,
      room: cell - 4)
    if hasShare {
      drawing.text(
        ConfusionMatrix.percent(share(row, column)), x + cell / 2, y + cell / 2 + 12,
        ink.contrast.mixed(with: ink, 0.15),
        size: 7.5,
        .middle, room: cell - 4)
    }
  }
}

extension String {
  /// With blanks before it, up to so many cells.
  func padded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - columns)) + self }
}
