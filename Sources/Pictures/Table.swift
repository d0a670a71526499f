/// Rows and columns of short texts, under a head.
public struct Table: Picture {
  /// What stands above a column, and to which side its cells lean.
  public struct Column: Equatable, Sendable {
    public let title: String
    public let leansRight: Bool

    public init(_ title: String, leansRight: Bool = true) {
      self.title = title
      self.leansRight = leansRight
    }
  }

  public let columns: [Column]
  /// As many cells a row as there are columns.
  public let rows: [[Line]]
  /// Names the columns' axis, above the head; nil for none.
  private let axis: String?
  /// The cells as programs read them: `60000`, not `60,000`.
  let values: [[String]]

  /// - Parameter values: the cells for programs, where they are not the texts that people read.
  public init(_ columns: [Column], rows: [[Line]], axis: String? = nil, values: [[String]]? = nil) {
    self.columns = columns
    self.rows = rows
    self.axis = axis
    self.values = values ?? rows.map { $0.map(\.text) }
  }

  public var table: Table? { self }

  public func lines(on canvas: Canvas) -> [Line] {
    let widths = columns.indices.map { column in
      rows.reduce(columns[column].title.columns) { max($0, $1[column].columns) }
    }
    let head = columns.map { Line($0.title, .bold) }
    let rule = Line(widths.map { String(repeating: "─", count: $0) }.joined(separator: "──"), .dim)
    let above = axis.map { [Line(String(repeating: " ", count: (widths.first ?? 0) + 2)) + Line($0, .dim)] } ?? []
    return above + [row(head, widths), rule] + rows.map { row($0, widths) }
  }

  private func row(_ cells: [Line], _ widths: [Int]) -> Line {
    var line = Line()
    for (index, cell) in cells.enumerated() {
      if index > 0 { line.append("  ") }
      let isLast = index == cells.count - 1 && !columns[index].leansRight
      line = line + (isLast ? cell : cell.padded(to: widths[index], right: columns[index].leansRight))
    }
    return line
  }
}
