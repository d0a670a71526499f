import CKernels

/// A matrix of which most numbers are 0, as lists of the others, row by row: `[rows, width]`.
///
/// Four of five pixels of MNIST are 0, and behind relu and dropout half of the numbers and more; 0·w need not be computed.
struct SparseRows: Sendable {
  /// Products with lists are worth it up to this share of numbers that are not 0: measured on 784-512, where they take as
  /// long as dense products at about 0.45.
  private static let densest = 0.35
  /// Columns of the other matrix that one piece of work takes: eight registers of sixteen.
  private static let panel = 128
  /// Places whose rows of weights, a panel wide, stay in the first cache.
  private static let block = 80

  /// Of so many rows one is looked at to tell whether there are enough zeros.
  private static let sample = 8

  private let rows: Int
  private let width: Int
  private let values: Floats
  /// The bits of 32-bit integers, in memory for floats.
  private let places: UnsafeWords
  private let starts: UnsafeWords

  /// Memory for numbers, read as 32-bit integers.
  private struct UnsafeWords: @unchecked Sendable {
    let base: UnsafeMutablePointer<Int32>

    init(_ memory: Floats) {
      base = UnsafeMutableRawPointer(memory.base).assumingMemoryBound(to: Int32.self)
    }
  }

  private static func blocks(_ width: Int) -> Int { (width + block - 1) / block }

  /// Floats of memory that the lists of one row take.
  static func floats(width: Int) -> Int { 2 * width + blocks(width) + 1 }

  /// Floats of memory that `multiplyTransposed` works on; nil when they do not fit into an `Int`.
  static func scratch(rows: Int, width: Int) -> Int? { Int?(2 * rows).times(blocks(width)).times(block) }

  /// Whether lists can be worth making of matrices of this width, for products with `units` columns.
  static func canPay(width: Int, units: Int) -> Bool { width >= 64 && units >= 32 }

  /// Whether so many of the numbers are 0 that lists are worth making, as far as every eighth row tells.
  static func pays(_ input: Floats, width: Int) -> Bool {
    let rows = input.count / width
    var (found, seen) = (0, 0)
    for row in stride(from: 0, to: rows, by: sample) {
      found += kernel_count_nonzero(input.base + row * width, width)
      seen += width
    }
    return Double(found) <= densest * Double(seen)
  }

  /// Lists that were made before, in `memory`.
  init(rows: Int, width: Int, memory: Floats) {
    self.rows = rows
    self.width = width
    values = memory.part(0, count: rows * width)
    places = UnsafeWords(memory.part(rows * width, count: rows * width))
    starts = UnsafeWords(memory.part(2 * rows * width, count: rows * (SparseRows.blocks(width) + 1)))
  }

  /// Makes the lists of `input`, `[rows, width]`.
  func list(_ input: Floats, threads: Threads) {
    let stride = SparseRows.blocks(width) + 1
    threads.split(rows, into: 8) { range in
      let start = range.lowerBound
      kernel_list_rows(
        input.base + start * width, range.count, width, SparseRows.block, values.base + start * width,
        places.base + start * width, starts.base + start * stride)
    }
  }

  /// y = x·w + bias: `[rows, width] · [width, units] → [rows, units]`.
  func multiply(_ w: Floats, bias: Floats?, into y: Floats, units: Int, threads: Threads) {
    threads.run((units + SparseRows.panel - 1) / SparseRows.panel) { piece in
      let first = piece * SparseRows.panel
      kernel_rows_times_matrix(
        values.base, places.base, starts.base, rows, width, SparseRows.block, w.base, units, bias?.base, first,
        min(units, first + SparseRows.panel), y.base)
    }
  }

  /// g = xᵀ·dy: `[width, rows] · [rows, units] → [width, units]`.
  func multiplyTransposed(_ dy: Floats, into g: Floats, units: Int, scratch: Floats, threads: Threads) {
    let size = SparseRows.block * rows
    threads.run(SparseRows.blocks(width)) { piece in
      let memory = scratch.part(piece * 2 * size, count: 2 * size)
      kernel_block_of_transposed_product(
        values.base, places.base, starts.base, rows, width, SparseRows.block, piece, dy.base, units, memory.base,
        UnsafeWords(memory.part(size, count: size)).base, g.base)
    }
  }
}
