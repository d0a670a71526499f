import CKernels

/// A convolution with kernels of 3×3 by fewer products: sixteen for two by two places instead of thirty-six.
///
/// F(2×2, 3×3) of Lavin and Gray 2015, as exact as the sums themselves: larger tiles are not. Tiles of several images,
/// or some rows of tiles of a large one, go together, so that what is worked on stays in the second cache.
struct Winograd: Sendable {
  /// Tiles that go together, about.
  private static let block = 48
  private static let positions = Int(KERNEL_POSITIONS)

  private let convolution: Convolution
  /// Tiles below each other, and beside each other.
  private let rows: Int
  private let columns: Int

  /// Nil where the way does not exist, or takes longer than the direct one: carrying a patch over and a sum back takes
  /// as long as so many products of each channel and filter.
  init?(_ convolution: Convolution) {
    guard convolution.size == Pair(3), convolution.strides == Pair(1), convolution.dilation == Pair(1) else {
      return nil
    }
    (rows, columns) = ((convolution.rows + 1) / 2, (convolution.columns + 1) / 2)
    self.convolution = convolution
    let (channels, filters) = (Double(convolution.channels), Double(convolution.filters))
    let tile = 16 * channels * filters + 64 * channels + 44 * filters
    guard 1.15 * Double(rows * columns) * tile < 9 * Double(convolution.places) * channels * filters else { return nil }
  }

  /// Pixels that the tiles see.
  var reach: Pair { Pair(2 * rows + 2, 2 * columns + 2) }

  /// Images whose tiles go together, and rows of tiles.
  private var images: Int { max(1, Winograd.block / (rows * columns)) }
  private var rowsAtOnce: Int { max(1, min(rows, Winograd.block / columns)) }
  var tiles: Int { images * rowsAtOnce * columns }

  /// Floats of scratch memory that one slice of a batch takes; nil when they do not fit into an `Int`.
  var room: Int? {
    Int?(convolution.channels + Convolution.filtersAtOnce).times(tiles).times(Winograd.positions)
  }

  /// Carries packed kernels, `[panels, 3·3·channels, filtersAtOnce]`, over.
  func turn(_ packed: FloatSpan, into turned: FloatSpan) {
    let (channels, filters) = (convolution.channels, Convolution.filtersAtOnce)
    for panel in 0..<convolution.panels {
      kernels.winograd_kernel(
        packed.base + panel * convolution.length * filters, channels, filters, filters,
        turned.base + panel * Winograd.positions * channels * filters)
    }
  }

  /// What goes together.
  private struct Part {
    let images: Range<Int>
    let rows: Range<Int>
    let tiles: Int
  }

  /// Writes the places of some images, as `Convolution.run`.
  func run(
    _ input: FloatSpan, _ images: Range<Int>, into output: FloatSpan, first: UnsafeMutablePointer<Int32>?,
    _ tables: Convolution.Tables, scratch: FloatSpan
  ) {
    forEachPart(input, images, scratch) { part, v, m in
      for panel in 0..<convolution.panels { multiply(panel, part, v, m, output, first, tables) }
    }
  }

  /// Adds some images' part to the gradient of the kernel, `[panels, positions, channels, filtersAtOnce]`.
  func addGradients(
    _ input: FloatSpan, _ images: Range<Int>, outputGradients: FloatSpan, to sums: FloatSpan,
    _ tables: Convolution.Tables, scratch: FloatSpan
  ) {
    forEachPart(input, images, scratch) { part, v, d in
      for panel in 0..<convolution.panels { add(panel, part, v, d, outputGradients, sums, tables) }
    }
  }

  /// Carries sums back, so that each panel begins with `[3·3·channels, filtersAtOnce]`.
  func turnBack(_ sums: FloatSpan) {
    let size = Winograd.positions * convolution.channels * Convolution.filtersAtOnce
    for panel in 0..<convolution.panels {
      kernels.winograd_kernel_backward(sums.base + panel * size, convolution.channels)
    }
  }

  /// The tiles of some images, with their patches carried over and as much memory for what they are multiplied with.
  private func forEachPart(
    _ input: FloatSpan, _ images: Range<Int>, _ scratch: FloatSpan, _ body: (Part, FloatSpan, FloatSpan) -> Void
  ) {
    let (patches, rest) = (tiles * Winograd.positions * convolution.channels, scratch.count)
    let products = tiles * Winograd.positions * Convolution.filtersAtOnce
    let v = scratch.part(0, count: patches)
    let m = scratch.part(patches, count: products)
    let padding = scratch.part(patches + products, count: rest - patches - products)
    for start in stride(from: images.lowerBound, to: images.upperBound, by: self.images) {
      let some = start..<min(start + self.images, images.upperBound)
      for row in stride(from: 0, to: rows, by: rowsAtOnce) {
        let rows = row..<min(row + rowsAtOnce, rows)
        let part = Part(images: some, rows: rows, tiles: some.count * rows.count * columns)
        carryOver(input, part, v, padding)
        body(part, v, m)
      }
    }
  }

  private func add(
    _ panel: Int, _ part: Part, _ v: FloatSpan, _ d: FloatSpan, _ outputGradients: FloatSpan, _ sums: FloatSpan,
    _ tables: Convolution.Tables
  ) {
    let (channels, filters, lanes) = (convolution.channels, convolution.filters, Convolution.filtersAtOnce)
    let (first, pitch, line) = (panel * lanes, part.tiles * lanes, convolution.columns * filters)
    let count = min(lanes, filters - first)
    var to = d.base
    for index in part.images {
      for row in part.rows {
        kernels.winograd_gradients(
          outputGradients.base + index * convolution.places * filters + row * 2 * line + first, columns,
          min(2, convolution.rows - 2 * row), convolution.columns, line, filters, count, to, pitch)
        to += columns * lanes
      }
    }
    for position in 0..<Winograd.positions {
      kernels.sum_convolved(
        v.base + position * part.tiles * channels, tables.tileOffsets.base, part.tiles, tables.elementOffsets.base,
        channels, d.base + position * pitch, lanes, count,
        sums.base + (panel * Winograd.positions + position) * channels * lanes)
    }
  }

  private func carryOver(_ input: FloatSpan, _ part: Part, _ v: FloatSpan, _ padding: FloatSpan) {
    let (channels, line) = (convolution.channels, convolution.line * convolution.channels)
    var to = v.base
    for index in part.images {
      let image = convolution.image(index, of: input, padding)
      for row in part.rows {
        kernels.winograd_patches(image.base + row * 2 * line, columns, line, channels, to, part.tiles * channels)
        to += columns * channels
      }
    }
  }

  private func multiply(
    _ panel: Int, _ part: Part, _ v: FloatSpan, _ m: FloatSpan, _ output: FloatSpan,
    _ first: UnsafeMutablePointer<Int32>?, _ tables: Convolution.Tables
  ) {
    let (channels, filters, pitch) = (convolution.channels, convolution.filters, part.tiles * Convolution.filtersAtOnce)
    let filter = panel * Convolution.filtersAtOnce
    let count = min(Convolution.filtersAtOnce, filters - filter)
    kernels.winograd_products(
      v.base, part.tiles, part.tiles * channels, channels,
      tables.turnedKernel.base + filter * Winograd.positions * channels,
      count, m.base)
    var from = m.base
    let bias = tables.bias.base + filter
    for index in part.images {
      for row in part.rows {
        let to = index * convolution.outputs + filter
        if convolution.isPooled {
          let place = to + row * columns * filters
          kernels.winograd_pooled(
            from, columns, pitch, bias, output.base + place, first.map { $0 + place }, filters, count)
        } else {
          kernels.winograd_sums(
            from, columns, pitch, bias, min(2, convolution.rows - 2 * row), convolution.columns,
            output.base + to + row * 2 * convolution.columns * filters, convolution.columns * filters, filters, count)
        }
        from += columns * Convolution.filtersAtOnce
      }
    }
  }
}
