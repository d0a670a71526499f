import CKernels
import COpenBLAS
import Grammar

/// Products of matrices, and the one seam to OpenBLAS, which multiplies narrow matrices and transposed ones.
///
/// They are cut into pieces by their shape alone, so the sums are the same at any number of threads.
enum Products {
  /// Rows of the result that one piece of work has at least; products of fewer are slower.
  private static let minimumRows = 32
  /// Pieces at most, a few a thread.
  private static let maximum = 8
  /// Numbers of the result in one piece that is worked on further: half of the processor's second cache.
  private static let piece = 131_072
  /// From so many columns on the kernels' own tiles are used, which pack less than OpenBLAS.
  private static let tiled = 64
  /// Columns of the result in one piece of the kernels' products, and rows of a turned one: each piece and what it is
  /// made of stay in the second cache.
  private static let tile = (columns: 64, turnedRows: 128)

  /// y = x·w + bias, `[m, k] · [k, n] → [m, n]`, w in panels.
  /// - Parameter then: gets each block of y as soon as it is there.
  static func multiply(
    _ x: Matrix, _ w: FloatSpan, _ panels: Panels, bias: FloatSpan?, into y: Matrix, threads: Threads,
    then: @Sendable (Place, Block) -> Void
  ) {
    guard panels.columns < tiled else { return multiplyInTiles(x, w, panels, bias: bias, into: y, threads, then) }
    let cuts = max(1, min(maximum, x.rows / minimumRows))
    threads.run(cuts) { cut in
      let rows = x.rows * cut / cuts..<x.rows * (cut + 1) / cuts
      let block = multiplyAlone(x.part(rows: rows), panels.matrix(0, of: w), into: y.part(rows: rows))
      if let bias { kernels.add_to_rows(block.base, bias.base, block.rows, block.columns, block.stride) }
      then(Place(row: rows.lowerBound, column: 0), block)
    }
  }

  private static func multiplyInTiles(
    _ x: Matrix, _ w: FloatSpan, _ panels: Panels, bias: FloatSpan?, into y: Matrix, _ threads: Threads,
    _ then: @Sendable (Place, Block) -> Void
  ) {
    forEachTile(of: y, threads) { rows, columns in
      let place = Place(row: rows.lowerBound, column: columns.lowerBound)
      let block = panels.block(
        at: Place(row: 0, column: place.column), rows: panels.rows, columns: columns.count, of: w)
      let to = y.values.base + place.row * y.stride + place.column
      kernels.multiply_dense(
        x.values.base + place.row * x.stride, rows.count, x.columns, block.base, block.stride,
        bias.map { $0.base + place.column }, to, y.stride, block.columns)
      then(place, Block(to, rows: rows.count, columns: block.columns, stride: y.stride))
    }
  }

  /// x = y·wᵀ, `[m, n] · [n, k] → [m, k]`, w `[k, n]` in panels.
  static func multiply(_ y: Matrix, transposed w: FloatSpan, _ panels: Panels, into x: Matrix, threads: Threads) {
    forEachTile(of: x, threads) { rows, columns in
      let w = kernel_panels(numbers: w.base, rows: panels.rows, columns: panels.columns, width: panels.width)
      kernels.multiply_dense_back(
        y.values.base + rows.lowerBound * y.stride, rows.count, w, x.values.base + rows.lowerBound * x.stride, x.stride,
        columns.lowerBound, columns.count)
    }
  }

  /// Cuts a result into pieces of work. A few columns are cut by rows too; each piece packs its columns of w anew.
  private static func forEachTile(
    of y: Matrix, _ threads: Threads, _ body: @Sendable (_ rows: Range<Int>, _ columns: Range<Int>) -> Void
  ) {
    let tiles = (y.columns + tile.columns - 1) / tile.columns
    let cuts = max(1, min(maximum / tiles, y.rows / minimumRows))
    threads.run(tiles * cuts) { piece in
      let (column, cut) = (piece / cuts * tile.columns, piece % cuts)
      body(y.rows * cut / cuts..<y.rows * (cut + 1) / cuts, column..<min(column + tile.columns, y.columns))
    }
  }

  /// w = xᵀ·y, `[k, m] · [m, n] → [k, n]`, w in panels.
  /// - Parameter then: gets each block of w as soon as it is there, small enough to be still in the cache.
  static func multiply(
    transposed x: Matrix, _ y: Matrix, into w: FloatSpan, _ panels: Panels, threads: Threads,
    then: @Sendable (Place, Block) -> Void
  ) {
    let isTiled = panels.columns >= tiled
    let length = isTiled ? tile.turnedRows : max(2 * minimumRows, min(piece / panels.width, panels.rows / 2))
    let cuts = (panels.rows + length - 1) / length
    threads.run(panels.count * cuts) { piece in
      let (panel, cut) = (piece / cuts, piece % cuts)
      let rows = panels.rows * cut / cuts..<panels.rows * (cut + 1) / cuts
      let columns = panels.columns(of: panel)
      let place = Place(row: rows.lowerBound, column: columns.lowerBound)
      let block = panels.block(at: place, rows: rows.count, columns: columns.count, of: w)
      if isTiled {
        kernels.multiply_dense_turned(
          x.values.base + place.row, x.rows, x.stride, rows.count, y.values.base + place.column, y.stride,
          columns.count, block.base, block.stride)
      } else {
        multiplyAlone(x.transposed.part(rows: rows), y, into: panels.matrix(panel, of: w).part(rows: rows))
      }
      then(place, block)
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
