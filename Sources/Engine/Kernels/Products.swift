import COpenBLAS
import Grammar

/// Products of matrices, the one seam to OpenBLAS.
///
/// They are cut into pieces by their shape alone, so the sums are the same at any number of threads.
enum Products {
  /// Rows of the result that one piece of work has at least; products of fewer are slower.
  private static let minimumRows = 32
  private static let minimumColumns = 256
  /// Pieces at most, a few a thread.
  private static let maximum = 8
  /// Numbers of the result in one piece that is worked on further: half of the processor's second cache.
  private static let piece = 131_072

  /// y = x·w, `[m, k] · [k, n] → [m, n]`, w in panels.
  /// - Parameter then: gets each block of y as soon as it is there.
  static func multiply(
    _ x: Matrix, _ w: FloatSpan, _ panels: Panels, into y: Matrix, threads: Threads,
    then: @Sendable (Place, Block) -> Void
  ) {
    let cuts = panels.count > 1 ? 1 : max(1, min(maximum, x.rows / minimumRows))
    threads.run(panels.count * cuts) { piece in
      let (panel, cut) = (piece / cuts, piece % cuts)
      let rows = x.rows * cut / cuts..<x.rows * (cut + 1) / cuts
      let columns = panels.columns(of: panel)
      then(
        Place(row: rows.lowerBound, column: columns.lowerBound),
        multiplyAlone(x.part(rows: rows), panels.matrix(panel, of: w), into: y.part(rows: rows, columns: columns)))
    }
  }

  /// x = y·wᵀ, `[m, n] · [n, k] → [m, k]`, w `[k, n]` in panels.
  static func multiply(_ y: Matrix, transposed w: FloatSpan, _ panels: Panels, into x: Matrix, threads: Threads) {
    let byColumns = x.columns >= 2 * minimumColumns
    let (length, minimum) = byColumns ? (x.columns, minimumColumns) : (x.rows, minimumRows)
    threads.split(length, into: max(1, min(maximum, length / minimum))) { range in
      let (rows, columns) = (byColumns ? 0..<x.rows : range, byColumns ? range : 0..<x.columns)
      for panel in 0..<panels.count {
        let part = panels.matrix(panel, of: w).part(rows: columns)
        multiplyAlone(
          y.part(rows: rows, columns: panels.columns(of: panel)), part.transposed,
          into: x.part(rows: rows, columns: columns), adds: panel > 0)
      }
    }
  }

  /// w = a·y, `[k, m] · [m, n] → [k, n]`, w in panels.
  /// - Parameter then: gets each block of w as soon as it is there, small enough to be still in the cache.
  static func multiply(
    _ a: Matrix, _ y: Matrix, into w: FloatSpan, _ panels: Panels, threads: Threads,
    then: @Sendable (Place, Block) -> Void
  ) {
    let length = max(2 * minimumRows, min(piece / panels.width, panels.rows / 2))
    let cuts = (panels.rows + length - 1) / length
    threads.run(panels.count * cuts) { piece in
      let (panel, cut) = (piece / cuts, piece % cuts)
      let rows = panels.rows * cut / cuts..<panels.rows * (cut + 1) / cuts
      let columns = panels.columns(of: panel)
      let part = panels.matrix(panel, of: w).part(rows: rows)
      then(
        Place(row: rows.lowerBound, column: columns.lowerBound),
        multiplyAlone(a.part(rows: rows), y.part(columns: columns), into: part))
    }
  }

  /// c = a·b, or c += a·b, on the caller's thread alone: for work that is cut into pieces already.
  @discardableResult
  static func multiplyAlone(_ a: Matrix, _ b: Matrix, into c: Matrix, adds: Bool = false) -> Block {
    precondition(a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !c.isTransposed, "shapes fit")
    openblas_multiply(
      a.isTransposed, b.isTransposed, Int32(c.rows), Int32(c.columns), Int32(a.columns), a.values.base,
      Int32(a.stride), b.values.base, Int32(b.stride), adds ? 1 : 0, c.values.base, Int32(c.stride))
    return Block(c.values.base, rows: c.rows, columns: c.columns, stride: c.stride)
  }

  /// Loads the library, and takes the memory that it works in on so many threads.
  /// - Throws: `Refusal` with the package to install when it is not there, or with the memory that is missing.
  static func prepare(threads: Int = 1) throws(Refusal) {
    if let failure = openblas_load() {
      throw Refusal(
        "OpenBLAS cannot be loaded: \(String(cString: failure))", hint: "apt-get install libopenblas0-pthread")
    }
    let missing = openblas_reserve(Int32(clamping: threads))
    guard missing > 0 else { return }
    let hands = threads == 1 ? "1 thread" : "\(threads) threads"
    throw Refusal(
      "OpenBLAS needs \(Machine.text(missing)) of memory to work in on \(hands), "
        + "and there are not so many", hint: threads > 1 ? "set threads 1" : nil)
  }
}
