import CKernels

/// The way back through a window over images where most of the output's gradient is 0: only what is not 0 is
/// multiplied.
///
/// Behind max pooling three of four places have no gradient, and behind relu half of the rest. The sums of one filter's
/// kernel, and of one place's patch, stay in registers over their lists. Padding is made real, in copies of the images.
struct SparseConvolutionGradient: Sendable {
  /// Lists are worth it up to this share of numbers that are not 0: measured on 3×3×32→64, where they take as long as
  /// products of laid out patches at about 0.4.
  private static let densest = 0.3
  /// Of so many images one is looked at to tell whether there are enough zeros.
  private static let sample = 8
  /// Floats in a register.
  private static let lanes = kernels.lanes

  let sweep: WindowGeometry
  let filters: Int
  let window: Window
  /// Whether the places are pooled two by two, so that only one of four has a gradient; an odd row or column at the end
  /// has none.
  let isPooled: Bool
  private let rows: Int
  private let columns: Int

  init(_ sweep: WindowGeometry, filters: Int, isPooled: Bool = false) {
    self.sweep = sweep
    self.filters = filters
    self.isPooled = isPooled
    window = sweep.window
    rows = isPooled ? sweep.rows / 2 * 2 : sweep.rows
    columns = isPooled ? sweep.columns / 2 * 2 : sweep.columns
  }

  /// Whether lists can be worth making at all: a row of the window has to fill a register, or most of one where most
  /// gradients are 0 in any case, and places in a padded image have to fit into 32 bits.
  var canPay: Bool {
    let (image, lanes) = (Int?(lines).times(line) ?? .max, SparseConvolutionGradient.lanes)
    let wanted = isPooled ? lanes * 3 / 4 : lanes
    return window.dilation == Pair(1) && run >= wanted && image <= Int(Int32.max)
  }

  /// Whether so much of the gradient is 0 that lists are worth making, as far as every eighth image tells. Dense
  /// products for the images' gradient are made at every pixel, those with lists at every place.
  func pays(_ outputGradients: FloatSpan) -> Bool {
    guard canPay, !isPooled else { return canPay }
    let size = places * filters
    let more = Double(places + sweep.height * sweep.width) / Double(2 * places)
    let densest = min(2, more) * SparseConvolutionGradient.densest
    var (found, seen) = (0, 0)
    for image in stride(from: 0, to: outputGradients.count / size, by: SparseConvolutionGradient.sample) {
      found += kernels.count_nonzero(outputGradients.base + image * size, size)
      seen += size
    }
    return Double(found) <= densest * Double(seen)
  }

  private var places: Int { rows * columns }
  /// Where a gradient can be: one of four places where they are pooled.
  private var gradients: Int { isPooled ? places / 4 : places }
  /// Numbers in one row of the window, and registers for them.
  private var run: Int { window.size.width * sweep.channels }
  private var vectors: Int { (run + SparseConvolutionGradient.lanes - 1) / SparseConvolutionGradient.lanes }
  /// Numbers of a kernel whose rows are rounded up to registers.
  private var pitch: Int { window.size.height * vectors * SparseConvolutionGradient.lanes }
  /// Whether images are read and written where they are: rows of the window fill registers, and there is no padding.
  private var isInPlace: Bool {
    window.padding == .valid && lines <= sweep.height && run % SparseConvolutionGradient.lanes == 0
  }
  /// Numbers in a row of an image with its padding.
  private var line: Int {
    isInPlace
      ? sweep.width * sweep.channels : ((columns - 1) * window.strides.width + window.size.width) * sweep.channels
  }
  private var lines: Int { (rows - 1) * window.strides.height + window.size.height }

  /// Floats of scratch memory that one slice of a batch takes; nil when they do not fit into an `Int`.
  var room: Int? {
    let image = Int?(lines).times(line).adding(SparseConvolutionGradient.lanes)
    let lists = Int?(gradients).times(filters).adding(SparseConvolutionGradient.lanes).times(isPooled ? 6 : 4)
    return image.times(2).flatMap { lists.adding($0) }.adding(places + filters + 64)
      .flatMap { Int?(filters).times(pitch + 1).adding($0) }
  }

  /// Floats of scratch memory that all slices share; nil when they do not fit into an `Int`.
  var shared: Int? { Int?(filters).times(pitch).adding(places).adding(places + 4) }

  /// What all slices read.
  struct Tables {
    /// The kernel filter by filter, rows of the window rounded up to registers: `[filters, kh, vectors·lanes]`.
    let kernel: FloatSpan
    /// Where in an image each place's patch begins; the four that are pooled follow each other.
    let patchOffsets: Integers
    /// The same of the first of every four, and where the four are.
    let windowOffsets: Integers
    let corners: Integers
  }

  /// Lays the tables out.
  /// - Parameter memory: as many floats as `shared`.
  func tables(_ kernel: FloatSpan, in memory: FloatSpan) -> Tables {
    let turned = memory.part(0, count: filters * pitch)
    func integers(_ start: Int, _ count: Int) -> Integers { Integers(memory.part(turned.count + start, count: count)) }
    let tables = Tables(
      kernel: turned, patchOffsets: integers(0, places), windowOffsets: integers(places, places),
      corners: integers(2 * places, 4))
    offsets(tables)
    // Only what no row fills is not written.
    if run < vectors * SparseConvolutionGradient.lanes { turned.fill(0) }
    for row in 0..<window.size.height {
      kernels.transpose(
        kernel.base + row * run * filters, run, filters, filters,
        turned.base + row * vectors * SparseConvolutionGradient.lanes, pitch)
    }
    return tables
  }

  private func offsets(_ tables: Tables) {
    let (down, across) = (window.strides.height * line, window.strides.width * sweep.channels)
    for corner in 0..<4 { tables.corners.base[corner] = Int32(corner / 2 * down + corner % 2 * across) }
    let step = isPooled ? 2 : 1
    var (place, first) = (0, 0)
    for row in stride(from: 0, to: rows, by: step) {
      for column in stride(from: 0, to: columns, by: step) {
        let offset = Int32(row * down + column * across)
        tables.windowOffsets.base[first] = offset
        first += 1
        for corner in 0..<step * step {
          tables.patchOffsets.base[place] = offset + tables.corners.base[corner]
          place += 1
        }
      }
    }
  }

  /// The memory of one slice.
  struct Memory {
    let image: FloatSpan
    let outputGradient: FloatSpan
    let values: FloatSpan
    let turnedValues: FloatSpan
    let places: Integers
    let turnedPlaces: Integers
    let starts: Integers
    let turnedStarts: Integers
    /// Pooled gradients and which of four they belong to, filter by filter.
    let turnedGradients: FloatSpan
    let turnedFirst: FloatSpan
    /// `[filters, kh, vectors·lanes]`
    let sums: FloatSpan
    let biasSums: FloatSpan
  }

  func memory(_ scratch: FloatSpan) -> Memory {
    var used = 0
    func take(_ count: Int) -> FloatSpan {
      defer { used += count }
      return scratch.part(used, count: count)
    }
    let image = isInPlace ? 0 : lines * line + SparseConvolutionGradient.lanes
    let list = gradients * filters + SparseConvolutionGradient.lanes
    let (sums, biasSums) = (take(filters * pitch), take(filters))
    return Memory(
      image: take(image), outputGradient: take(image), values: take(list), turnedValues: take(list),
      places: Integers(take(list)), turnedPlaces: Integers(take(list)), starts: Integers(take(places + 1)),
      turnedStarts: Integers(take(filters + 1)), turnedGradients: take(isPooled ? list : 0),
      turnedFirst: take(isPooled ? list : 0), sums: sums, biasSums: biasSums)
  }

  /// Begins a slice: no bias yet, and nothing but padding.
  func start(_ memory: Memory) {
    memory.biasSums.fill(0)
    if !isInPlace { memory.image.fill(0) }
  }

  /// Adds one image's part to the gradients of the slice, or begins them with the first one's, and writes that of the
  /// image unless it is nil.
  /// - Parameter first: where pooled, which of four places each gradient belongs to.
  func add(
    _ image: FloatSpan, outputGradients: FloatSpan, first: UnsafePointer<Int32>?, inputGradient: FloatSpan?,
    isFirst: Bool, _ tables: Tables, _ memory: Memory
  ) {
    if let first {
      list(outputGradients, first, isNeeded: inputGradient != nil, tables, memory)
    } else {
      kernels.csr_from_dense(
        outputGradients.base, places, filters, memory.values.base, memory.places.base, memory.starts.base)
      kernels.csr_transpose(
        memory.values.base, memory.places.base, memory.starts.base, places, filters, tables.patchOffsets.base,
        memory.turnedValues.base, memory.turnedPlaces.base, memory.turnedStarts.base, memory.biasSums.base)
    }
    if !isInPlace { copy(image, memory.image, back: false) }
    kernels.sum_patches(
      memory.turnedValues.base, memory.turnedPlaces.base, memory.turnedStarts.base, filters,
      (isInPlace ? image : memory.image).base, line, window.size.height, vectors, !isFirst, memory.sums.base)
    guard let inputGradient else { return }
    let sums = isInPlace ? inputGradient : memory.outputGradient
    sums.fill(0)
    kernels.add_patches(
      memory.values.base, memory.places.base, memory.starts.base, places, tables.patchOffsets.base, tables.kernel.base,
      window.size.height, vectors, sums.base, line)
    if !isInPlace { copy(inputGradient, sums, back: true) }
  }

  /// Lists pooled gradients, by places only where the gradient of the image is needed.
  private func list(
    _ gradients: FloatSpan, _ first: UnsafePointer<Int32>, isNeeded: Bool, _ tables: Tables, _ memory: Memory
  ) {
    let windows = self.gradients
    if isNeeded {
      kernels.csr_from_pooled(
        gradients.base, first, windows, filters, memory.values.base, memory.places.base, memory.starts.base)
    }
    kernels.add_rows(gradients.base, windows, filters, memory.biasSums.base)
    kernels.transpose(gradients.base, windows, filters, filters, memory.turnedGradients.base, windows)
    first.withMemoryRebound(to: Float.self, capacity: windows * filters) {
      kernels.transpose($0, windows, filters, filters, memory.turnedFirst.base, windows)
    }
    kernels.csr_from_columns(
      memory.turnedGradients.base, Integers(memory.turnedFirst).base, tables.corners.base, tables.windowOffsets.base,
      windows, filters, memory.turnedValues.base, memory.turnedPlaces.base, memory.turnedStarts.base)
  }

  /// An image with its padding, or the part of it that is not padding.
  private func copy(_ image: FloatSpan, _ padded: FloatSpan, back: Bool) {
    let (size, left) = (sweep.width * sweep.channels, sweep.left * sweep.channels)
    let (rows, count) = (min(sweep.height, lines - sweep.top), min(size, line - left))
    // What no window saw has no gradient.
    if back, rows < sweep.height || count < size { image.fill(0) }
    for row in 0..<rows {
      let (inside, outside) = (
        image.part(row * size, count: count), padded.part((row + sweep.top) * line + left, count: count)
      )
      if back { inside.copy(from: outside) } else { outside.copy(from: inside) }
    }
  }

  /// Floats of a slice's memory that are sums, those of the kernel first.
  var sums: Int { filters * (pitch + 1) }

  /// Writes the sums as gradients of the kernel, `[kh, kw, channels, filters]`, and of the bias.
  func write(_ memory: Memory, kernel: FloatSpan, bias: FloatSpan?) {
    for row in 0..<window.size.height {
      kernels.transpose(
        memory.sums.base + row * vectors * SparseConvolutionGradient.lanes, filters, run, pitch,
        kernel.base + row * run * filters, filters)
    }
    bias?.copy(from: memory.biasSums)
  }
}
