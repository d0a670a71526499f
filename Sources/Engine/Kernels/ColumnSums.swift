/// Sums over rows, column by column, that are the same at any number of threads, and nearly as exact as in `Double`:
/// rows are added up in blocks, the blocks' sums then in a tree.
struct ColumnSums: Sendable {
  /// Rows in a block.
  private static let block = 64

  let rows: Int
  let columns: Int

  private var blocks: Int { (rows + ColumnSums.block - 1) / ColumnSums.block }

  /// Floats of scratch memory; nil when they do not fit into an `Int`.
  var room: Int? { Int?(blocks).times(columns) }

  /// Adds up what `add` adds for every block of rows, at the beginning of `scratch`.
  func run(
    _ scratch: FloatSpan, _ threads: Threads,
    add: @Sendable (_ rows: Range<Int>, _ sums: UnsafeMutablePointer<Float>) -> Void
  ) {
    threads.split(blocks, into: 16) { range in
      for block in range {
        let sums = scratch.part(block * columns, count: columns)
        sums.fill(0)
        add(block * ColumnSums.block..<min((block + 1) * ColumnSums.block, rows), sums.base)
      }
    }
  }

  /// The sum of a column after `run`.
  func total(_ column: Int, _ scratch: FloatSpan) -> Double {
    treeSum(0..<blocks) { Double(scratch[$0 * columns + column]) }
  }
}
