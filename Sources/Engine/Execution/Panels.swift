/// How the numbers of a wide matrix stand in memory: in panels of some columns, one panel after the other, each row by
/// row.
///
/// The panels that one thread works on are lines of the cache that no other thread writes, or prefetches, into: with
/// rows as a whole an update on two cores took twice as long as on one, wherever the two do not share a cache. There
/// are panels enough for several threads where the matrix is wide enough; one of fewer than 128 columns is simply row
/// by row.
struct Panels: Sendable {
  private static let minimum = 64
  private static let maximum = 256

  let rows: Int
  let columns: Int
  /// Columns of each panel but the last.
  let width: Int

  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    width = Panels.width(of: columns)
  }

  /// At least two panels, so wide that products of them are still fast.
  static func width(of columns: Int) -> Int {
    guard columns >= 2 * minimum else { return max(1, columns) }
    var width = minimum
    while width < maximum, width <= columns / 4 { width *= 2 }
    return width
  }

  /// How many there are.
  var count: Int { columns / width + (columns % width > 0 ? 1 : 0) }

  /// The columns of the matrix that panel `index` has.
  func columns(of index: Int) -> Range<Int> {
    index * width..<min((index + 1) * width, columns)
  }

  /// Panel `index` of a matrix whose numbers stand in this way.
  func matrix(_ index: Int, of values: FloatSpan) -> Matrix {
    let columns = columns(of: index)
    return Matrix(
      values: values.part(columns.lowerBound * rows, count: rows * columns.count), rows: rows, columns: columns.count)
  }

  /// The part of a matrix from a row and column on, within one panel.
  func block(at place: Place, rows count: Int, columns: Int, of values: FloatSpan) -> Block {
    let panel = matrix(place.column / width, of: values)
    let start = place.row * panel.columns + place.column % width
    return Block(panel.values.base + start, rows: count, columns: columns, stride: panel.columns)
  }

  /// The same numbers row by row, or the other way round.
  func copy(_ panels: FloatSpan, rowByRow rows: FloatSpan, back: Bool = false) {
    if back { fill(panels, from: UnsafeRawPointer(rows.base)) } else { copy(panels, 0..<self.rows, to: rows) }
  }

  /// Some of the rows, one after the other.
  func copy(_ panels: FloatSpan, _ range: Range<Int>, to rows: FloatSpan) {
    for index in 0..<count {
      let (panel, columns) = (matrix(index, of: panels).values, columns(of: index))
      for row in range {
        rows.part((row - range.lowerBound) * self.columns + columns.lowerBound, count: columns.count)
          .copy(from: panel.part(row * columns.count, count: columns.count))
      }
    }
  }

  /// Takes the numbers of all rows from memory that may begin anywhere.
  func fill(_ panels: FloatSpan, from rows: UnsafeRawPointer) {
    let stride = MemoryLayout<Float>.stride
    for index in 0..<count {
      let (panel, columns) = (matrix(index, of: panels).values, columns(of: index))
      for row in 0..<self.rows {
        UnsafeMutableRawPointer(panel.base + row * columns.count).copyMemory(
          from: rows + (row * self.columns + columns.lowerBound) * stride, byteCount: columns.count * stride)
      }
    }
  }
}
