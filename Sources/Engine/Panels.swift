/// How the numbers of a wide matrix stand in memory: in panels of 256 columns, one panel after the other, each row by
/// row.
///
/// The panels that one thread works on are lines of the cache that no other thread writes, or prefetches, into: with
/// rows as a whole an update on two cores took twice as long as on one, wherever the two do not share a cache. A matrix
/// of up to 256 columns is simply row by row.
struct Panels: Sendable {
  static let width = 256

  let rows: Int
  let columns: Int

  /// How many there are.
  var count: Int { (columns + Panels.width - 1) / Panels.width }

  /// The columns of the matrix that panel `index` has.
  func columns(of index: Int) -> Range<Int> {
    index * Panels.width..<min((index + 1) * Panels.width, columns)
  }

  /// Panel `index` of a matrix whose numbers stand in this way.
  func matrix(_ index: Int, of values: Floats) -> Matrix {
    let columns = columns(of: index)
    return Matrix(
      values: values.part(columns.lowerBound * rows, count: rows * columns.count), rows: rows, columns: columns.count)
  }

  /// The part of a matrix from a row and column on, within one panel.
  func block(at place: Place, rows count: Int, columns: Int, of values: Floats) -> Block {
    let panel = matrix(place.column / Panels.width, of: values)
    let start = place.row * panel.columns + place.column % Panels.width
    return Block(panel.values.base + start, rows: count, columns: columns, stride: panel.columns)
  }

  /// The same numbers row by row, or the other way round.
  func copy(_ panels: Floats, rowByRow rows: Floats, back: Bool = false) {
    for index in 0..<count {
      let (panel, columns) = (matrix(index, of: panels).values, columns(of: index))
      for row in 0..<self.rows {
        let inPanel = panel.part(row * columns.count, count: columns.count)
        let inRow = rows.part(row * self.columns + columns.lowerBound, count: columns.count)
        if back { inPanel.copy(from: inRow) } else { inRow.copy(from: inPanel) }
      }
    }
  }
}
