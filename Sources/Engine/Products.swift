import COpenBLAS
import Grammar

/// A matrix in memory, row by row, or the transpose of one.
struct Matrix {
  let values: Floats
  let rows: Int
  let columns: Int
  var isTransposed = false

  /// The same numbers read the other way.
  var transposed: Matrix {
    Matrix(values: values, rows: columns, columns: rows, isTransposed: !isTransposed)
  }

  /// Floats from one stored row to the next.
  fileprivate var stride: Int { isTransposed ? rows : columns }

  fileprivate func address(row: Int, column: Int) -> UnsafeMutablePointer<Float> {
    values.base + (isTransposed ? column * rows + row : row * columns + column)
  }
}

/// Products of matrices, the one seam to OpenBLAS.
enum Products {
  /// Rows or columns of the result that one piece of work has at least.
  private static let least = 64
  /// Pieces at most, a few a thread.
  private static let most = 8

  /// c = a·b, `[m, k] · [k, n] → [m, n]`.
  ///
  /// The longer side of `c` is cut into pieces by its length alone, so the sums are the same at any number of threads.
  static func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, threads: Threads) {
    precondition(a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !c.isTransposed, "shapes fit")
    let length = max(c.rows, c.columns)
    let pieces = min(most, max(1, length / least))
    let byColumns = c.columns >= c.rows
    threads.split(length, into: pieces) { range in
      let rows = byColumns ? 0..<c.rows : range
      let columns = byColumns ? range : 0..<c.columns
      openblas_multiply(
        a.isTransposed, b.isTransposed, Int32(rows.count), Int32(columns.count), Int32(a.columns),
        a.address(row: rows.lowerBound, column: 0), Int32(a.stride),
        b.address(row: 0, column: columns.lowerBound), Int32(b.stride), 0,
        c.address(row: rows.lowerBound, column: columns.lowerBound), Int32(c.stride))
    }
  }

  /// c = a·b, or c += a·b, on the caller's thread alone: for work that is cut into pieces already.
  static func multiplyAlone(_ a: Matrix, _ b: Matrix, into c: Matrix, adds: Bool = false) {
    // cᵀ = bᵀ·aᵀ
    if c.isTransposed { return multiplyAlone(b.transposed, a.transposed, into: c.transposed, adds: adds) }
    precondition(a.columns == b.rows && a.rows == c.rows && b.columns == c.columns, "shapes fit")
    openblas_multiply(
      a.isTransposed, b.isTransposed, Int32(c.rows), Int32(c.columns), Int32(a.columns), a.values.base,
      Int32(a.stride), b.values.base, Int32(b.stride), adds ? 1 : 0, c.values.base, Int32(c.stride))
  }

  /// Loads the library.
  /// - Throws: `Refusal` with the package to install when it is not there.
  static func prepare() throws(Refusal) {
    guard let failure = openblas_load() else { return }
    throw Refusal(
      "OpenBLAS cannot be loaded: \(String(cString: failure))", hint: "apt-get install libopenblas0-pthread")
  }
}
