/// The way of a window over images of one shape, `[height, width, channels]`.
///
/// Places and padding after Keras 3.15 with TensorFlow: `valid` ⌊(n − reach) / stride⌋ + 1 places, `same` ⌈n / stride⌉,
/// with the smaller half of the padding above and to the left; a causal window has all of it to the left.
struct WindowGeometry: Sendable {
  let window: Window
  let height: Int
  let width: Int
  let channels: Int
  /// Places of the window below each other, and beside each other.
  let rows: Int
  let columns: Int
  /// Rows of padding above, and columns to the left.
  let top: Int
  let left: Int

  init(_ window: Window, over image: Shape) {
    self.window = window
    (height, width, channels) = (image[0], image[1], image[2])
    let reach = window.reach
    (rows, top) = WindowGeometry.places(height, reach.height, window.strides.height, window.padding)
    if window.isCausal {
      (columns, left) = ((width - 1) / window.strides.width + 1, reach.width - 1)
    } else {
      (columns, left) = WindowGeometry.places(width, reach.width, window.strides.width, window.padding)
    }
  }

  /// Numbers behind a layer that gives one for each place and channel.
  var outputs: Int { rows * columns * channels }

  private static func places(
    _ length: Int, _ reach: Int, _ stride: Int, _ padding: Padding
  ) -> (count: Int, before: Int) {
    switch padding {
    case .valid: return ((length - reach) / stride + 1, 0)
    case .same:
      let count = (length - 1) / stride + 1
      return (count, max(0, (count - 1) * stride + reach - length) / 2)
    }
  }

  /// The rows of the window that lie inside the image at a place.
  func insideRows(at row: Int) -> Range<Int> {
    WindowGeometry.inside(row * window.strides.height - top, height, window.size.height, window.dilation.height)
  }

  /// The columns of the window that lie inside the image at a place.
  func insideColumns(at column: Int) -> Range<Int> {
    WindowGeometry.inside(column * window.strides.width - left, width, window.size.width, window.dilation.width)
  }

  /// The pixels of an image that the window sees at a place, in order: their number in the window and in the image.
  @inline(__always)
  func forEachPixel(row: Int, column: Int, _ body: (_ tap: Int, _ pixel: Int) -> Void) {
    let (y, x) = (row * window.strides.height - top, column * window.strides.width - left)
    let inside = insideColumns(at: column)
    for i in insideRows(at: row) {
      for j in inside {
        body(i * window.size.width + j, (y + i * window.dilation.height) * width + x + j * window.dilation.width)
      }
    }
  }

  /// Places beside each other at which the window sees the same pixels of itself.
  struct Run {
    /// Where the first place's number stands among the outputs of an image, and how many places there are.
    let output: Int
    let places: Int
    /// Where the first pixel that it sees is at the first place, and floats to that of the next.
    let input: Int
    let step: Int
    /// The pixels that lie inside the image: their offsets from `input`, and their numbers among them.
    let taps: Int
    let offsets: UnsafePointer<Int32>
    let numbers: UnsafePointer<Int32>
  }

  /// Floats of memory for the tables of one run: a window sees no more pixels than the image has; nil when they do not
  /// fit into an `Int`.
  var tables: Int? { Int?(min(window.size.height, height)).times(min(window.size.width, width)).times(2) }

  /// All places, in runs: most places of a row see the whole window, others only a part of it.
  /// - Parameter memory: as many floats as `tables`.
  func forEachRun(_ memory: FloatSpan, _ body: (Run) -> Void) {
    let half = memory.count / 2
    let (offsets, numbers) = (Integers(memory.part(0, count: half)), Integers(memory.part(half, count: half)))
    for row in 0..<rows {
      var column = 0
      while column < columns {
        let inside = insideColumns(at: column)
        var end = column + 1
        while end < columns, insideColumns(at: end) == inside { end += 1 }
        body(run(row, column..<end, offsets: offsets.base, numbers: numbers.base))
        column = end
      }
    }
  }

  private func run(
    _ row: Int, _ places: Range<Int>, offsets: UnsafeMutablePointer<Int32>, numbers: UnsafeMutablePointer<Int32>
  ) -> Run {
    var (taps, first) = (0, 0)
    forEachPixel(row: row, column: places.lowerBound) { _, pixel in
      if taps == 0 { first = pixel }
      offsets[taps] = Int32((pixel - first) * channels)
      numbers[taps] = Int32(taps)
      taps += 1
    }
    return Run(
      output: (row * columns + places.lowerBound) * channels, places: places.count, input: first * channels,
      step: window.strides.width * channels, taps: taps, offsets: UnsafePointer(offsets),
      numbers: UnsafePointer(numbers))
  }

  /// Which of `size` steps of `dilation` from `start` on lie in `0..<length`.
  private static func inside(_ start: Int, _ length: Int, _ size: Int, _ dilation: Int) -> Range<Int> {
    let first = start >= 0 ? 0 : (-start + dilation - 1) / dilation
    let end = start >= length ? 0 : min(size, (length - 1 - start) / dilation + 1)
    return min(first, end)..<end
  }
}
