/// Images laid out for a product of matrices: one row for each place of a window, with all that it sees there.
///
/// `[batch, height, width, channels] → [batch·rows·columns, kh·kw·channels]`, a few rows of places at a time
/// (Chellapilla et al. 2006, "im2col").
struct Patches: Sendable {
  /// Floats that lie ready at once: they stay in the processor's second cache.
  private static let most = 131_072

  let sweep: Sweep
  /// Numbers that the window sees: kh·kw·channels.
  let length: Int
  /// Whether the patches lie transposed, one row for each pixel of the window: with one channel that is what copies
  /// long runs.
  let areTransposed: Bool
  /// Rows of places that are laid out at once, of one image or several.
  let rowsAtOnce: Int

  init(_ sweep: Sweep) {
    self.sweep = sweep
    areTransposed = sweep.channels == 1
    length = sweep.window.size.height * sweep.window.size.width * sweep.channels
    rowsAtOnce = max(1, Patches.most / Shape([sweep.columns, length]).count)
  }

  /// Floats for the rows that are laid out at once; nil when they do not fit into an `Int`.
  var room: Int? { Int?(rowsAtOnce).times(sweep.columns).times(length) }

  /// Whether the images lie as they should already: a window of one pixel.
  var areImages: Bool { sweep.window == Window(size: Pair(1)) }

  /// The rows of places of the images, counted through the batch, cut into parts.
  func parts(_ images: Range<Int>) -> StrideTo<Int> {
    stride(from: images.lowerBound * sweep.rows, to: images.upperBound * sweep.rows, by: rowsAtOnce)
  }

  /// The part of `parts` that begins at `start`.
  func part(_ start: Int, of images: Range<Int>) -> Range<Int> {
    start..<min(start + rowsAtOnce, images.upperBound * sweep.rows)
  }

  /// The patches of some rows of places in memory for them: one row of the matrix for each place.
  func matrix(_ memory: Floats, rows: Range<Int>) -> Matrix {
    let places = rows.count * sweep.columns
    let stored = (rows: areTransposed ? length : places, columns: areTransposed ? places : length)
    let matrix = Matrix(
      values: memory.part(0, count: places * length), rows: stored.rows, columns: stored.columns)
    return areTransposed ? matrix.transposed : matrix
  }

  /// Lays out what the window sees at the given rows of places; 0 outside the images.
  func gather(_ images: Floats, rows: Range<Int>, into patches: Floats) {
    if areTransposed { gatherColumns(images, rows, into: patches) } else { gatherRows(images, rows, into: patches) }
  }

  /// Adds each number of the patches to its place in the images: `gather` turned round.
  func scatter(_ patches: Floats, rows: Range<Int>, into images: Floats) {
    if areTransposed { scatterColumns(patches, rows, into: images) } else { scatterRows(patches, rows, into: images) }
  }
}

/// Patches of many channels: runs of channels.
extension Patches {
  private func gatherRows(_ images: Floats, _ rows: Range<Int>, into patches: Floats) {
    var target = patches.base
    for row in rows {
      for column in 0..<sweep.columns {
        forEachRun(row, column) { run in
          if let source = run.source {
            Patches.copy(images.base + source, to: target + run.target, run.count)
          } else {
            Patches.clear(target + run.target, run.count)
          }
        }
        target += length
      }
    }
  }

  private func scatterRows(_ patches: Floats, _ rows: Range<Int>, into images: Floats) {
    var source = patches.base
    for row in rows {
      for column in 0..<sweep.columns {
        forEachRun(row, column) { run in
          guard let target = run.source else { return }
          let (sums, numbers) = (images.base + target, source + run.target)
          for i in 0..<run.count { sums[i] += numbers[i] }
        }
        source += length
      }
    }
  }

  /// Numbers that lie side by side in a patch, and in the images unless they are padding.
  private struct Run {
    let source: Int?
    let target: Int
    let count: Int
  }

  /// The runs of the patch at a place, `row` counted through the batch.
  @inline(__always)
  private func forEachRun(_ row: Int, _ column: Int, _ body: (Run) -> Void) {
    let (window, channels) = (sweep.window, sweep.channels)
    let (image, line) = (row / sweep.rows, row % sweep.rows)
    let (y, x) = (line * window.strides.height - sweep.top, column * window.strides.width - sweep.left)
    let (down, across) = (sweep.insideRows(at: line), sweep.insideColumns(at: column))
    let isDense = window.dilation.width == 1
    for i in 0..<window.size.height {
      let start = i * window.size.width * channels
      guard down.contains(i), !across.isEmpty else {
        body(Run(source: nil, target: start, count: window.size.width * channels))
        continue
      }
      let before = across.lowerBound * channels
      if before > 0 { body(Run(source: nil, target: start, count: before)) }
      let pixels = (image * sweep.height + y + i * window.dilation.height) * sweep.width + x
      if isDense {
        body(Run(source: pixels * channels + before, target: start + before, count: across.count * channels))
      } else {
        for j in across {
          body(
            Run(
              source: (pixels + j * window.dilation.width) * channels, target: start + j * channels, count: channels))
        }
      }
      let end = across.upperBound * channels
      let after = window.size.width * channels - end
      if after > 0 { body(Run(source: nil, target: start + end, count: after)) }
    }
  }
}

/// Patches of one channel: runs of columns.
extension Patches {
  private func gatherColumns(_ images: Floats, _ rows: Range<Int>, into patches: Floats) {
    forEachLine(rows) { target, inside, source in
      let line = patches.base + target
      guard let source else { return Patches.clear(line, sweep.columns) }
      Patches.clear(line, inside.lowerBound)
      let (pixels, stride) = (images.base + source, sweep.window.strides.width)
      if stride == 1 {
        (line + inside.lowerBound).update(from: pixels, count: inside.count)
      } else {
        for column in 0..<inside.count { line[inside.lowerBound + column] = pixels[column * stride] }
      }
      Patches.clear(line + inside.upperBound, sweep.columns - inside.upperBound)
    }
  }

  private func scatterColumns(_ patches: Floats, _ rows: Range<Int>, into images: Floats) {
    forEachLine(rows) { start, inside, target in
      guard let target else { return }
      let (line, stride) = (patches.base + start + inside.lowerBound, sweep.window.strides.width)
      for column in 0..<inside.count { images[target + column * stride] += line[column] }
    }
  }

  /// What one pixel of the window sees in one row of places: where that begins in the patches, the places at which it
  /// is no padding, and the pixel of the first of these, nil when there is none.
  @inline(__always)
  private func forEachLine(_ rows: Range<Int>, _ body: (Int, Range<Int>, Int?) -> Void) {
    let window = sweep.window
    for tap in 0..<length {
      let (i, j) = (tap / window.size.width, tap % window.size.width)
      let inside = sweep.columns(inside: j)
      for (number, row) in rows.enumerated() {
        let (image, line) = (row / sweep.rows, row % sweep.rows)
        let y = line * window.strides.height - sweep.top + i * window.dilation.height
        let isInside = y >= 0 && y < sweep.height && !inside.isEmpty
        let x = inside.lowerBound * window.strides.width - sweep.left + j * window.dilation.width
        body(
          (tap * rows.count + number) * sweep.columns, inside,
          isInside ? (image * sweep.height + y) * sweep.width + x : nil)
      }
    }
  }

  /// A loop for a few numbers, where a call would take longer than the work.
  @inline(__always)
  private static func copy(
    _ source: UnsafeMutablePointer<Float>, to target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    if count > 12 { return target.update(from: source, count: count) }
    for i in 0..<count { target[i] = source[i] }
  }

  @inline(__always)
  private static func clear(_ target: UnsafeMutablePointer<Float>, _ count: Int) {
    for i in 0..<count { target[i] = 0 }
  }
}
