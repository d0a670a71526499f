/// Rows and columns of short texts, under a head.
public struct Table: Picture {
  /// What stands above a column, and to which side its cells lean.
  public struct Column: Equatable, Sendable {
    public let title: String
    public let leansRight: Bool
    /// Cells that its texts can be cut to where there is no room for all; nil when they are never cut.
    let least: Int?
    /// Which columns stay where there is no room for all, the highest first; nil for one that always stays.
    let priority: Int?

    public init(_ title: String, leansRight: Bool = true, least: Int? = nil, priority: Int? = nil) {
      self.title = title
      self.leansRight = leansRight
      self.least = least
      self.priority = priority
    }
  }

  /// A bar after a row, for a share.
  public struct Bar: Equatable, Sendable {
    let share: Double
    let style: Style
    /// What follows the bar.
    let note: Line

    /// - Parameter share: 0 … 1; what lies outside is clipped.
    public init(_ share: Double, _ style: Style = .plain, note: Line = Line()) {
      self.share = share.isFinite ? min(1, max(0, share)) : 0
      self.style = style
      self.note = note
    }
  }

  public let columns: [Column]
  /// As many cells a row as there are columns.
  public let rows: [[Line]]
  /// A bar for each row, or none.
  let bars: [Bar]
  /// Names the columns' axis, above the head; nil for none.
  let axis: String?
  /// The cells as programs read them: `60000`, not `60,000`.
  let values: [[String]]

  /// - Parameter values: the cells for programs, where they are not the texts that people read.
  public init(
    _ columns: [Column], rows: [[Line]], bars: [Bar] = [], axis: String? = nil, values: [[String]]? = nil
  ) {
    precondition(bars.isEmpty || bars.count == rows.count, "there is a bar for every row, or none")
    self.columns = columns
    self.rows = rows
    self.bars = bars
    self.axis = axis
    self.values = values ?? rows.map { $0.map(\.text) }
  }

  public var table: Table? { self }

  /// Files and pipes have no edge that it would have to fit.
  public func lines(on canvas: Canvas) -> [Line] {
    canvas.wraps ? fitted(to: canvas.width).lines(canvas) : lines(canvas)
  }

  private func lines(_ canvas: Canvas) -> [Line] {
    let widths = columns.indices.map(width)
    let head = columns.map { Line($0.title, .bold) }
    let used = widths.reduce(0, +) + Table.gap * max(0, widths.count - 1)
    let room = barRoom(canvas.width - used - 2)
    let rule = Line(String(repeating: "─", count: used + (room > 0 ? room + 2 : 0)), .dim)
    let above = axis.map { [Line(String(repeating: " ", count: (widths.first ?? 0) + 2)) + Line($0, .dim)] } ?? []
    return above + [row(head, widths), rule]
      + rows.indices.map { index in
        room > 0 ? row(rows[index], widths) + Line("  ") + bars[index].line(room) : row(rows[index], widths)
      }
  }

  /// Cells of the longest bar; 0 where there is no room for one.
  private func barRoom(_ left: Int) -> Int {
    guard let notes = bars.map(\.note.columns).max() else { return 0 }
    let room = min(40, left - notes - (notes > 0 ? 1 : 0))
    return room < 4 ? 0 : room
  }

  private func row(_ cells: [Line], _ widths: [Int]) -> Line {
    var line = Line()
    for (index, cell) in cells.enumerated() {
      if index > 0 { line.append("  ") }
      let isLast = index == cells.count - 1 && !columns[index].leansRight && bars.isEmpty
      line = line + (isLast ? cell : cell.padded(to: widths[index], right: columns[index].leansRight))
    }
    return line
  }

  public func drawing(on paper: Paper) -> Drawing {
    fitted(to: (1...1000).clamping(paper.width / Typeface.width("n", size: Typeface.body))).drawn(on: paper)
  }

  private func drawn(on paper: Paper) -> Drawing {
    let (size, gap, theme) = (Typeface.body, 16.0, paper.theme)
    let step = size * 1.7
    var widths = columns.indices.map { column in
      rows.reduce(Typeface.width(columns[column].title, size: size, isBold: true)) {
        max($0, Typeface.width($1[column], size: size))
      }
    }
    let used = widths.reduce(0, +) + gap * Double(max(0, widths.count - 1))
    if used > paper.width, used > 0 { widths = widths.map { $0 * paper.width / used } }
    let notes = bars.map { Typeface.width($0.note, size: Typeface.small) }.max() ?? 0
    let room = bars.isEmpty ? 0 : min(220, paper.width - used - gap - notes - 8)
    let top = axis == nil ? 0 : step
    let full = min(paper.width, used + (room > 20 ? gap + room + notes + 8 : 0))
    var drawing = Drawing(width: full, height: top + step * Double(rows.count + 1) + 4)
    if let axis { drawing.text(axis, (widths.first ?? 0) + gap, size, theme.faint) }
    func cell(_ line: Line, _ x: Double, _ y: Double, _ column: Int) {
      let leansRight = columns[column].leansRight
      drawing.line(
        line, leansRight ? x + widths[column] : x, y, theme, leansRight ? .end : .start, room: widths[column])
    }
    var x = 0.0
    for column in columns.indices {
      cell(Line(columns[column].title, .bold), x, top + size, column)
      for (row, cells) in rows.enumerated() { cell(cells[column], x, top + step * Double(row + 1) + size + 4, column) }
      x += widths[column] + gap
    }
    drawing.rule(0, top + step - 1, to: full, top + step - 1, theme.rule)
    if room > 20 {
      for (row, bar) in bars.enumerated() { bar.draw(on: &drawing, x, top + step * Double(row + 1) + 5.5, room, theme) }
    }
    return drawing
  }
}

extension Table.Bar {
  /// In eighths of a cell, the note after it.
  fileprivate func line(_ room: Int) -> Line {
    let eighths = (0...room * 8).clamping(share * Double(room) * 8)
    let part = eighths % 8 == 0 ? "" : String(Array("▏▎▍▌▋▊▉")[eighths % 8 - 1])
    let bar = Line(String(repeating: "█", count: eighths / 8) + part, style)
    return note.runs.isEmpty ? bar : bar + Line(share > 0 ? " " : "") + note
  }

  fileprivate func draw(on drawing: inout Drawing, _ x: Double, _ y: Double, _ room: Double, _ theme: Theme) {
    let ink = style == .plain ? theme.blue : theme.ink(style)
    drawing.box(x, y, room, 11, fill: theme.grid, radius: 1.5)
    drawing.box(x, y, share * room, 11, fill: ink, radius: 1.5)
    drawing.line(note, x + room + 8, y + 9, theme, size: Typeface.small)
  }
}
