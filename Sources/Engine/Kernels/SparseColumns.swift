import CKernels

/// A matrix of which most numbers are 0, as lists: for every four columns beside each other the rows in which one of
/// them is not 0. `[rows, width]`
///
/// Four of five pixels of MNIST are 0, and 0·w need not be computed. Neighbours are mostly 0 together, so a list for
/// four of them has few zeros in it, and what is loaded for one serves all four. Both products take a panel of 64
/// columns of the other matrix at a time, which stays in the first cache.
struct SparseColumns: Sendable {
  /// Lists are worth it up to this share of groups that are not all 0: measured on 784-512 and 784-1024, where they
  /// take as long as dense products at about 0.6.
  private static let densest = 0.5
  /// Rows that are listed together: a panel of so many rows stays in the first cache.
  private static let tile = Int(KERNEL_TILE)
  /// Groups whose gradients are summed, and handed over, at a time: 8 KB.
  private static let block = 8
  /// Of so many rows one is looked at to tell whether there are enough zeros.
  private static let sample = 8
  private static let chunk = Int(KERNEL_CHUNK)
  private static let group = Int(KERNEL_GROUP)
  private static let panel = Int(KERNEL_PANEL)

  private let rows: Int
  private let width: Int
  private let memory: FloatSpan

  /// The lists of some rows.
  private struct Tile {
    let first: Int
    let rows: Int
    let values: UnsafeMutablePointer<Float>
    let places: UnsafeMutablePointer<Int32>
    let starts: UnsafeMutablePointer<Int32>
  }

  private static func groups(_ width: Int) -> Int { (width + group - 1) / group }

  private static func chunks(_ width: Int) -> Int { (groups(width) + chunk - 1) / chunk }

  /// Floats of memory that the lists take; nil when they do not fit into an `Int`.
  static func floats(rows: Int, width: Int) -> Int? {
    let starts = Int?((rows + tile - 1) / tile).times(chunk + 1)
    return starts.flatMap { Int?(rows).times((group + 1) * chunk).adding($0) }.times(chunks(width))
  }

  /// Floats of memory that either product works on; nil when they do not fit into an `Int`.
  static func scratch(rows: Int, units: Int) -> Int? {
    Int?(rows).adding(block * group).times(pieces(units) * panel)
  }

  /// Whether lists can be worth making of matrices of this width, for products with `units` columns.
  static func canPay(width: Int, units: Int) -> Bool { width >= 64 && units >= 32 }

  /// Whether so many of the numbers are 0 that lists are worth making, as far as every eighth row tells.
  static func pays(_ input: FloatSpan, width: Int) -> Bool {
    var (found, seen) = (0, 0)
    for row in stride(from: 0, to: input.count / width, by: sample) {
      found += kernels.count_groups(input.base + row * width, width)
      seen += groups(width)
    }
    return Double(found) <= densest * Double(seen)
  }

  /// Whether so many of the features are 0 that lists are worth making, as far as some of the examples tell.
  static func pays(_ examples: Examples) -> Bool {
    if examples.features.isSparse { return true }
    guard case .bytes(_, let scale) = examples.features, scale.keepsZeros else { return false }
    let (width, step) = (examples.shape.count, max(1, examples.count / 256))
    var (found, seen) = (0, 0)
    for index in stride(from: 0, to: examples.count, by: step) {
      let bytes = examples.bytes(of: index)
      for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: group) {
        if bytes[start..<min(start + group, bytes.endIndex)].contains(where: { $0 != 0 }) { found += 1 }
      }
      seen += groups(width)
    }
    return Double(found) <= densest * Double(seen)
  }

  /// Lists that are, or will be, in `memory`.
  init(rows: Int, width: Int, memory: FloatSpan) {
    self.rows = rows
    self.width = width
    self.memory = memory
  }

  /// Makes the lists of `input`, `[rows, width]`.
  func list(_ input: FloatSpan, threads: Threads) {
    makeLists(threads) { tile, chunk, values, places, starts in
      kernels.list_groups(input.base + tile.first * width, tile.rows, width, chunk, values, places, starts)
    }
  }

  /// Makes the lists of examples straight from their bytes or lists.
  /// - Parameter indices: one for each row.
  /// - Precondition: `pays(examples)`
  func list(_ examples: Examples, _ indices: ArraySlice<Int>, threads: Threads) {
    indices.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      // Only read, while this call lasts.
      nonisolated(unsafe) let indices = start
      switch examples.features {
      case .bytes(let bytes, let scale):
        Features.withBytes(bytes, scale) { bytes, scale in
          nonisolated(unsafe) let (bytes, scale) = (bytes, scale)
          makeLists(threads) { tile, chunk, values, places, starts in
            kernels.list_groups_of_bytes(
              bytes, indices + tile.first, tile.rows, width, scale, chunk, values, places, starts)
          }
        }
      case .lists(let rows):
        rows.withView { view in
          makeLists(threads) { tile, chunk, values, places, starts in
            view.list(
              indices + tile.first, rows: tile.rows, width: width, chunk: chunk, values, places, starts)
          }
        }
      case .floats, .source: preconditionFailure("floats are gathered, not listed")
      }
    }
  }

  private func makeLists(
    _ threads: Threads,
    _ body:
      @Sendable (Tile, Int, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>)
      -> Void
  ) {
    let chunks = SparseColumns.chunks(width)
    threads.run(tiles * chunks) { piece in
      let (tile, chunk) = (tile(piece / chunks), piece % chunks)
      let first = chunk * SparseColumns.chunk * tile.rows
      body(
        tile, chunk, tile.values + first * SparseColumns.group, tile.places + first,
        tile.starts + chunk * (SparseColumns.chunk + 1))
    }
  }

  /// y = f(x·w + bias): `[rows, width] · [width, units] → [rows, units]`, w in panels.
  /// - Parameter activation: f, element by element; none when nil.
  func multiply(
    _ w: FloatSpan, _ panels: Panels, bias: FloatSpan?, _ activation: (any Activation)?, into y: FloatSpan,
    scratch: FloatSpan,
    threads: Threads
  ) {
    let units = panels.columns
    threads.run(tiles * SparseColumns.pieces(units)) { piece in
      let (tile, columns) = (tile(piece % tiles), columns(piece / tiles, units))
      let block = panels.block(
        at: Place(row: 0, column: columns.lowerBound), rows: width, columns: columns.count, of: w)
      let size = tile.rows * SparseColumns.panel
      let start = (piece / tiles * rows + tile.first) * SparseColumns.panel
      let panel = scratch.part(start, count: size)
      kernels.start_panel(bias.map { $0.base + columns.lowerBound }, tile.rows, columns.count, panel.base)
      kernels.add_listed_products(
        tile.values, tile.places, tile.starts, tile.rows, width, block.base, block.stride, block.columns, panel.base)
      activation?.forward(panel, into: panel, width: SparseColumns.panel)
      kernels.copy_from_panel(
        panel.base, tile.rows, units, columns.count, y.base + tile.first * units + columns.lowerBound)
    }
  }

  /// g = xᵀ·dy, `[width, rows] · [rows, units] → [width, units]`, handed over block by block.
  /// - Parameters:
  ///   - bias: Σ of the rows of dy, to be written.
  ///   - take: gets blocks of g, and where each begins.
  func multiplyTransposed(
    _ dy: FloatSpan, _ panels: Panels, bias: FloatSpan?, scratch: FloatSpan, threads: Threads,
    take: @Sendable (_ place: Place, _ block: Block) -> Void
  ) {
    let units = panels.columns
    let room = (rows + SparseColumns.block * SparseColumns.group) * SparseColumns.panel
    threads.run(SparseColumns.pieces(units)) { piece in
      let columns = columns(piece, units)
      let memory = scratch.part(piece * room, count: room)
      let g = memory.base + rows * SparseColumns.panel
      kernels.copy_panel(dy.base + columns.lowerBound, rows, units, columns.count, memory.base)
      if let bias { kernels.sum_panel(memory.base, rows, columns.count, bias.base + columns.lowerBound) }
      for first in stride(from: 0, to: SparseColumns.groups(width), by: SparseColumns.block) {
        let last = min(first + SparseColumns.block, SparseColumns.groups(width))
        for index in 0..<tiles {
          let tile = tile(index)
          kernels.listed_transposed_products(
            tile.values, tile.places, tile.starts, tile.rows, first, last,
            memory.base + tile.first * SparseColumns.panel, columns.count, index > 0, g)
        }
        let row = first * SparseColumns.group
        let count = min(last * SparseColumns.group, width) - row
        take(
          Place(row: row, column: columns.lowerBound),
          Block(g, rows: count, columns: columns.count, stride: SparseColumns.panel))
      }
    }
  }

  private var tiles: Int { (rows + SparseColumns.tile - 1) / SparseColumns.tile }

  private func tile(_ index: Int) -> Tile {
    let (chunks, first) = (SparseColumns.chunks(width), index * SparseColumns.tile)
    let count = min(SparseColumns.tile, rows - first)
    let groups = chunks * SparseColumns.chunk
    let values = memory.base + groups * (SparseColumns.group + 1) * first + index * chunks * (SparseColumns.chunk + 1)
    let places = UnsafeMutableRawPointer(values + groups * count * SparseColumns.group)
      .assumingMemoryBound(to: Int32.self)
    return Tile(first: first, rows: count, values: values, places: places, starts: places + groups * count)
  }

  private static func pieces(_ units: Int) -> Int { units / panel + (units % panel > 0 ? 1 : 0) }

  private func columns(_ piece: Int, _ units: Int) -> Range<Int> {
    piece * SparseColumns.panel..<min((piece + 1) * SparseColumns.panel, units)
  }
}
