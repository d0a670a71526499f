extension Table {
  /// The same table no wider than so many characters, where that can be: first columns leave that may, then texts are
  /// cut that may be. An ellipsis for a last column tells that others have left.
  func fitted(to room: Int) -> Table {
    let natural = columns.indices.map(width)
    guard Table.sum(natural) > room, columns.contains(where: { $0.least != nil || $0.priority != nil }) else {
      return self
    }
    let least = zip(columns, natural).map { min($1, max($0.title.columns, $0.least ?? $1)) }
    let kept = Table.kept(columns, least, room)
    var widths = kept.map { natural[$0] }
    let end = kept.count < columns.count ? Table.gap + 1 : 0
    while Table.sum(widths) + end > room {
      let cut = kept.indices.filter { widths[$0] > least[kept[$0]] }
      guard let widest = cut.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
    }
    let rows = rows.map { row in zip(kept, widths).map { row[$0].cut(to: $1) } }
    guard end > 0 else { return Table(columns, rows: rows, bars: bars, axis: axis) }
    return Table(
      kept.map { columns[$0] } + [Column("…", leansRight: false)], rows: rows.map { $0 + [""] }, bars: bars, axis: axis)
  }

  /// Cells that a column takes.
  func width(_ column: Int) -> Int { rows.reduce(columns[column].title.columns) { max($0, $1[column].columns) } }

  /// Blanks between two columns.
  static let gap = 2

  private static func sum(_ widths: [Int]) -> Int { widths.reduce(0, +) + gap * max(0, widths.count - 1) }

  /// Places of the columns that stay: those that never leave, and as many of the others as there is room for, those
  /// of a high priority first.
  private static func kept(_ columns: [Column], _ least: [Int], _ room: Int) -> [Int] {
    guard sum(least) > room else { return Array(columns.indices) }
    var kept = columns.indices.filter { columns[$0].priority == nil }
    let others = columns.indices.filter { columns[$0].priority != nil }
    for column in others.sorted(by: { (columns[$0].priority ?? 0) > (columns[$1].priority ?? 0) }) {
      let wider = kept + [column]
      if sum(wider.map { least[$0] }) + gap + 1 <= room { kept = wider }
    }
    return kept.sorted()
  }
}
