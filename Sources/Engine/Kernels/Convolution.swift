import CKernels

/// A window that slides over images and multiplies what it sees: each place's sums, over all of the window, in
/// registers.
///
/// `[height, width, channels] → [rows, columns, filters]` or, pooled, `[rows / 2, columns / 2, filters]`. Reads the
/// images where they are; only padding is made real, in a copy of the image.
struct Convolution: Sendable {
  /// Filters whose sums stay in registers together, and floats in a register.
  static let filtersAtOnce = kernels.filters
  static let lanes = kernels.lanes

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
  /// Whether only the largest of two by two places is written; an odd row or column at the end is left out then.
  let isPooled: Bool

  /// The way of a window over images.
  init(_ sweep: WindowGeometry, filters: Int, isPooled: Bool = false) {
    (height, width, channels) = (sweep.height, sweep.width, sweep.channels)
    rows = isPooled ? sweep.rows / 2 * 2 : sweep.rows
    columns = isPooled ? sweep.columns / 2 * 2 : sweep.columns
    (self.filters, self.isPooled) = (filters, isPooled)
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
    (spread, isPooled) = (forward.strides, false)
  }

  private var taps: Int { size.height * size.width }
  var places: Int { rows * columns }
  /// Numbers that are written of one image.
  var outputs: Int { (isPooled ? places / 4 : places) * filters }
  /// Numbers that the window sees.
  var length: Int { taps * channels }
  var panels: Int { (filters + Convolution.filtersAtOnce - 1) / Convolution.filtersAtOnce }
  var reach: Pair {
    if let winograd { return winograd.reach }
    return Pair(
      (rows - 1) * strides.height + (size.height - 1) * dilation.height + 1,
      (columns - 1) * strides.width + (size.width - 1) * dilation.width + 1)
  }
  /// The way with fewer products, where it is faster.
  var winograd: Winograd? { spread == Pair(1) ? Winograd(self) : nil }
  private var isPadded: Bool {
    top != 0 || left != 0 || reach.height > height || reach.width > width || spread != Pair(1)
  }
  /// Pixels from one row to the next.
  var line: Int { isPadded ? reach.width : width }

  /// What four pooled places see together.
  private var sight: kernel_sight {
    kernel_sight(
      rows: (size.height - 1) * dilation.height + 1 + strides.height,
      width: ((size.width - 1) * dilation.width + 1 + strides.width) * channels, line: line * channels)
  }

  /// Floats of scratch memory that one slice of a batch takes; nil when they do not fit into an `Int`.
  var room: Int? {
    let image = isPadded ? Int?(reach.height).times(reach.width).times(channels) : 0
    return image.flatMap { image in (winograd.map(\.room) ?? 0).adding(image) }
  }

  /// Floats of scratch memory that all slices share; nil when they do not fit into an `Int`, or places of one image not
  /// into 32 bits.
  var shared: Int? {
    let image = Int?(max(height, reach.height)).times(max(width, reach.width)).times(channels)
    guard let image, image <= Int(Int32.max) else { return nil }
    let positions = winograd == nil ? 0 : Int(KERNEL_POSITIONS)
    return Int?(length).adding(1).adding(positions * channels).times(panels * Convolution.filtersAtOnce)
      .adding(places + 4).adding(length).adding(winograd?.tiles ?? 0)
  }

  /// What all slices read.
  struct Tables {
    /// `[panels, length, filtersAtOnce]`
    let kernel: FloatSpan
    /// `[panels, filtersAtOnce]`
    let bias: FloatSpan
    /// `[panels, positions, channels, filtersAtOnce]`, where Winograd's way is taken.
    let turnedKernel: FloatSpan
    /// Where each place's patch begins, or that of the first of four that are pooled; where the four are.
    let patchOffsets: Integers
    let corners: Integers
    /// Where in a patch each number is.
    let elementOffsets: Integers
    /// Where the channels of each of Winograd's tiles are.
    let tileOffsets: Integers
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
    winograd?.turn(tables.kernel, into: tables.turnedKernel)
    offsets(tables)
    return tables
  }

  /// What the gradient of the kernel needs.
  /// - Parameter memory: as many floats as `shared`.
  func gradientTables(in memory: FloatSpan) -> Tables {
    let tables = emptyTables(in: memory)
    offsets(tables)
    return tables
  }

  private func offsets(_ tables: Tables) {
    // Where places are pooled only the first of four has an offset.
    let step = isPooled ? 2 : 1
    let (down, across) = (strides.height * line * channels, strides.width * channels)
    var place = 0
    for row in stride(from: 0, to: rows, by: step) {
      for column in stride(from: 0, to: columns, by: step) {
        tables.patchOffsets.base[place] = Int32(row * down + column * across)
        place += 1
      }
    }
    for corner in 0..<4 { tables.corners.base[corner] = Int32(corner / 2 * down + corner % 2 * across) }
    for tile in 0..<(winograd?.tiles ?? 0) { tables.tileOffsets.base[tile] = Int32(tile * channels) }
    for tap in 0..<taps {
      let (i, j) = (tap / size.width, tap % size.width)
      let offset = (i * dilation.height * line + j * dilation.width) * channels
      for channel in 0..<channels { tables.elementOffsets.base[tap * channels + channel] = Int32(offset + channel) }
    }
  }

  private func emptyTables(in memory: FloatSpan) -> Tables {
    var used = 0
    func take(_ count: Int) -> FloatSpan {
      defer { used += count }
      return memory.part(used, count: count)
    }
    let filters = panels * Convolution.filtersAtOnce
    return Tables(
      kernel: take(length * filters), bias: take(filters),
      turnedKernel: take(winograd == nil ? 0 : Int(KERNEL_POSITIONS) * channels * filters),
      patchOffsets: Integers(take(places)), corners: Integers(take(4)), elementOffsets: Integers(take(length)),
      tileOffsets: Integers(take(winograd?.tiles ?? 0)))
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

  /// Writes the places of some images.
  /// - Parameter first: where pooled, which of four places was the largest; nil when nobody wants to know.
  func run(
    _ input: FloatSpan, _ images: Range<Int>, into output: FloatSpan, first: UnsafeMutablePointer<Int32>?,
    _ tables: Tables, scratch: FloatSpan
  ) {
    if let winograd { return winograd.run(input, images, into: output, first: first, tables, scratch: scratch) }
    for index in images {
      let image = self.image(index, of: input, scratch)
      for panel in 0..<panels {
        let filter = panel * Convolution.filtersAtOnce
        let (to, count) = (index * outputs + filter, min(Convolution.filtersAtOnce, filters - filter))
        let (kernel, bias) = (tables.kernel.base + filter * length, tables.bias.base + filter)
        if isPooled {
          kernels.convolve_pooled(
            image.base, tables.patchOffsets.base, places / 4, sight, tables.corners.base, tables.elementOffsets.base,
            length, kernel, bias, output.base + to, first.map { $0 + to }, filters, count)
        } else {
          kernels.convolve(
            image.base, tables.patchOffsets.base, places, tables.elementOffsets.base, length, kernel, bias,
            output.base + to, filters, count)
        }
      }
    }
  }

  /// One of the images, with its padding in a copy at the beginning of `scratch`.
  func image(_ index: Int, of input: FloatSpan, _ scratch: FloatSpan) -> FloatSpan {
    let size = height * width * channels
    return padded(input.part(index * size, count: size), scratch)
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
