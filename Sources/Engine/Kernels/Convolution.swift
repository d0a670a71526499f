import CKernels

/// A window that slides over images and multiplies what it sees: each place's sums, over all of the window, in
/// registers.
///
/// `[height, width, channels] → [rows, columns, filters]`. Reads the images where they are; only padding is made real,
/// in a copy of the image.
struct Convolution: Sendable {
  /// Filters whose sums stay in registers together, and floats in a register.
  private static let filtersAtOnce = kernels.filters
  private static let lanes = kernels.lanes

  let height: Int
  let width: Int
  let channels: Int
  let rows: Int
  let columns: Int
  let filters: Int
  let size: Pair
  let strides: Pair
  let dilation: Pair
  /// Rows of padding above, and columns to the left.
  let top: Int
  let left: Int
  /// Steps from one pixel to the next in the padded image, with zeros between them.
  let spread: Pair

  /// The way of a window over images.
  init(_ sweep: WindowGeometry, filters: Int) {
    (height, width, channels) = (sweep.height, sweep.width, sweep.channels)
    (rows, columns, self.filters) = (sweep.rows, sweep.columns, filters)
    (size, strides, dilation) = (sweep.window.size, sweep.window.strides, sweep.window.dilation)
    (top, left) = (sweep.top, sweep.left)
    spread = Pair(1)
  }

  /// The way back, from the gradient of the places to that of the images: a window turned round slides over the places,
  /// which lie as far from each other as the strides went.
  init(back forward: Convolution) {
    (height, width, channels) = (forward.rows, forward.columns, forward.filters)
    (rows, columns, filters) = (forward.height, forward.width, forward.channels)
    (size, strides, dilation) = (forward.size, Pair(1), forward.dilation)
    top = (size.height - 1) * dilation.height - forward.top
    left = (size.width - 1) * dilation.width - forward.left
    spread = forward.strides
  }

  private var taps: Int { size.height * size.width }
  private var places: Int { rows * columns }
  /// Numbers that the window sees.
  var length: Int { taps * channels }
  private var panels: Int { (filters + Convolution.filtersAtOnce - 1) / Convolution.filtersAtOnce }
  private var reach: Pair {
    Pair(
      (rows - 1) * strides.height + (size.height - 1) * dilation.height + 1,
      (columns - 1) * strides.width + (size.width - 1) * dilation.width + 1)
  }
  private var isPadded: Bool {
    top != 0 || left != 0 || reach.height > height || reach.width > width || spread != Pair(1)
  }
  /// Pixels from one row to the next.
  private var line: Int { isPadded ? reach.width : width }

  /// Floats of scratch memory that one slice of a batch takes; nil when they do not fit into an `Int`.
  var room: Int? { isPadded ? Int?(reach.height).times(reach.width).times(channels) : 0 }

  /// Floats of scratch memory that all slices share; nil when they do not fit into an `Int`, or places of one image not
  /// into 32 bits.
  var shared: Int? {
    let image = Int?(max(height, reach.height)).times(max(width, reach.width)).times(channels)
    guard let image, image <= Int(Int32.max) else { return nil }
    return Int?(length).adding(1).times(panels * Convolution.filtersAtOnce).adding(places).adding(length)
  }

  /// What all slices read.
  struct Tables {
    /// `[panels, length, filtersAtOnce]`
    let kernel: FloatSpan
    /// `[panels, filtersAtOnce]`
    let bias: FloatSpan
    /// Where each place's patch begins, and where in it each number is.
    let patchOffsets: Integers
    let elementOffsets: Integers
  }

  /// Lays the tables out.
  /// - Parameters:
  ///   - kernel: `[kh, kw, channels, filters]`; or of the forward way, `[kh, kw, filters, channels]`, when `isBack`.
  ///   - memory: as many floats as `shared`.
  func tables(_ kernel: FloatSpan, bias: FloatSpan?, isBack: Bool = false, in memory: FloatSpan) -> Tables {
    let tables = emptyTables(in: memory)
    pack(kernel, isBack: isBack, into: tables.kernel)
    tables.bias.fill(0)
    if let bias { tables.bias.copy(from: bias) }
    for place in 0..<places {
      let (row, column) = (place / columns, place % columns)
      tables.patchOffsets.base[place] = Int32((row * strides.height * line + column * strides.width) * channels)
    }
    for tap in 0..<taps {
      let (i, j) = (tap / size.width, tap % size.width)
      let offset = (i * dilation.height * line + j * dilation.width) * channels
      for channel in 0..<channels { tables.elementOffsets.base[tap * channels + channel] = Int32(offset + channel) }
    }
    return tables
  }

  private func emptyTables(in memory: FloatSpan) -> Tables {
    var used = 0
    func take(_ count: Int) -> FloatSpan {
      defer { used += count }
      return memory.part(used, count: count)
    }
    let filters = panels * Convolution.filtersAtOnce
    return Tables(
      kernel: take(length * filters), bias: take(filters), patchOffsets: Integers(take(places)),
      elementOffsets: Integers(take(length)))
  }

  private func pack(_ kernel: FloatSpan, isBack: Bool, into packed: FloatSpan) {
    let lanes = Convolution.filtersAtOnce
    if panels * lanes > filters { packed.fill(0) }
    for panel in 0..<panels {
      let (to, first) = (packed.base + panel * length * lanes, panel * lanes)
      let count = min(lanes, filters - first)
      if isBack {
        // Turned round, the last tap comes first, and what were filters are channels.
        for tap in 0..<taps {
          let from = kernel.base + ((taps - 1 - tap) * filters + first) * channels
          kernels.transpose(from, count, channels, channels, to + tap * channels * lanes, lanes)
        }
      } else {
        for number in 0..<length {
          (to + number * lanes).update(from: kernel.base + number * filters + first, count: count)
        }
      }
    }
  }

  /// Writes the places of one image, `[rows, columns, filters]`.
  func run(_ image: FloatSpan, into output: FloatSpan, _ tables: Tables, scratch: FloatSpan) {
    let image = padded(image, scratch)
    for panel in 0..<panels {
      let first = panel * Convolution.filtersAtOnce
      kernels.convolve(
        image.base, tables.patchOffsets.base, places, tables.elementOffsets.base, length,
        tables.kernel.base + first * length, tables.bias.base + first, output.base + first, filters, min(Convolution.filtersAtOnce, filters - first))
    }
  }

  /// Floats for the sums of one slice, and for its slopes where they have to be padded to whole registers.
  var sums: Int { panels * Convolution.filtersAtOnce * length }
  var paddedSlopes: Int { filters % Convolution.lanes == 0 ? 0 : places * panels * Convolution.filtersAtOnce }

  /// Adds one image's part to the gradient of the kernel, `[panels, length, filtersAtOnce]`.
  /// - Parameter wide: memory for padded slopes.
  func addGradient(
    _ image: FloatSpan, outputGradients: FloatSpan, to sums: FloatSpan, _ tables: Tables, scratch: FloatSpan, wide: FloatSpan
  ) {
    let image = padded(image, scratch)
    let width = paddedSlopes > 0 ? panels * Convolution.filtersAtOnce : filters
    if paddedSlopes > 0 {
      wide.fill(0)
      for place in 0..<places {
        wide.part(place * width, count: filters).copy(from: outputGradients.part(place * filters, count: filters))
      }
    }
    let from = paddedSlopes > 0 ? wide : outputGradients
    for panel in 0..<panels {
      let first = panel * Convolution.filtersAtOnce
      kernels.sum_convolved(
        image.base, tables.patchOffsets.base, places, tables.elementOffsets.base, length, from.base + first, width,
        min(Convolution.filtersAtOnce, width - first), sums.base + first * length)
    }
  }

  /// Writes sums as the gradient of the kernel, `[kh, kw, channels, filters]`.
  func write(_ sums: FloatSpan, to gradient: FloatSpan) {
    let lanes = Convolution.filtersAtOnce
    for number in 0..<length {
      for panel in 0..<panels {
        let count = min(lanes, filters - panel * lanes)
        gradient.part(number * filters + panel * lanes, count: count)
          .copy(from: sums.part((panel * length + number) * lanes, count: count))
      }
    }
  }

  private func padded(_ image: FloatSpan, _ scratch: FloatSpan) -> FloatSpan {
    guard isPadded else { return image }
    let (reach, isDense) = (reach, spread.width == 1)
    let copy = scratch.part(0, count: reach.height * reach.width * channels)
    copy.fill(0)
    let inside = Convolution.inside(width, reach.width, left, spread.width)
    for row in Convolution.inside(height, reach.height, top, spread.height) {
      let (from, to) = (row * width, (row * spread.height + top) * reach.width + left)
      // A run of pixels at once where none lie apart.
      for column in stride(from: inside.lowerBound, to: inside.upperBound, by: isDense ? max(1, inside.count) : 1) {
        let count = (isDense ? inside.count : 1) * channels
        copy.part((to + column * spread.width) * channels, count: count)
          .copy(from: image.part((from + column) * channels, count: count))
      }
    }
    return copy
  }

  /// Which of `count` pixels lie inside of a padded length.
  private static func inside(_ count: Int, _ length: Int, _ before: Int, _ spread: Int) -> Range<Int> {
    let first = before < 0 ? (-before + spread - 1) / spread : 0
    let end = before >= length ? 0 : min(count, (length - 1 - before) / spread + 1)
    return min(first, max(0, end))..<max(0, end)
  }
}
