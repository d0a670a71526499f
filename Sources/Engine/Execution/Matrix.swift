/// A matrix in memory, row by row, or the transpose of one.
struct Matrix {
  let values: FloatSpan
  let rows: Int
  let columns: Int
  /// Floats from one stored row to the next.
  let stride: Int
  let isTransposed: Bool

  /// Rows of memory one behind the other.
  init(values: FloatSpan, rows: Int, columns: Int) {
    self.init(values: values, rows: rows, columns: columns, stride: columns, isTransposed: false)
  }

  private init(values: FloatSpan, rows: Int, columns: Int, stride: Int, isTransposed: Bool) {
    self.values = values
    self.rows = rows
    self.columns = columns
    self.stride = stride
    self.isTransposed = isTransposed
  }

  /// The same numbers read the other way.
  var transposed: Matrix {
    Matrix(values: values, rows: columns, columns: rows, stride: stride, isTransposed: !isTransposed)
  }

  /// Some rows and columns, all when nil, in the same memory.
  func part(rows: Range<Int>? = nil, columns: Range<Int>? = nil) -> Matrix {
    let (rows, columns) = (rows ?? 0..<self.rows, columns ?? 0..<self.columns)
    let (row, column) = (rows.lowerBound, columns.lowerBound)
    let start = isTransposed ? column * stride + row : row * stride + column
    return Matrix(
      values: values.part(start, count: values.count - start), rows: rows.count, columns: columns.count,
      stride: stride, isTransposed: isTransposed)
  }
}
