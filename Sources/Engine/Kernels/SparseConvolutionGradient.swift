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

  init(_ sweep: WindowGeometry, filters: Int) {
    self.sweep = sweep
    self.filters = filters
    window = sweep.window
  }

  /// Whether lists can be worth making at all: a row of the window has to fill a register, and places in a padded image
  /// have to fit into 32 bits.
  var canPay: Bool {
    let image = Int?(lines).times(line) ?? .max
    return window.dilation == Pair(1) && run >= SparseConvolutionGradient.lanes && image <= Int(Int32.max)
  }

  /// Whether so much of the gradient is 0 that lists are worth making, as far as every eighth image tells.
  func pays(_ outputGradients: FloatSpan) -> Bool {
    let size = places * filters
    var (found, seen) = (0, 0)
    for image in stride(from: 0, to: outputGradients.count / size, by: SparseConvolutionGradient.sample) {
      found += kernels.count_nonzero(outputGradients.base + image * size, size)
      seen += size
    }
    return canPay && Double(found) <= SparseConvolutionGradient.densest * Double(seen)
  }

  private var places: Int { sweep.rows * sweep.columns }
  /// Numbers in one row of the window, and registers for them.
  private var run: Int { window.size.width * sweep.channels }
  private var vectors: Int { (run + SparseConvolutionGradient.lanes - 1) / SparseConvolutionGradient.lanes }
  /// Numbers of a kernel whose rows are rounded up to registers.
  private var pitch: Int { window.size.height * vectors * SparseConvolutionGradient.lanes }
  /// Numbers in a row of an image with its padding.
  private var line: Int { ((sweep.columns - 1) * window.strides.width + window.size.width) * sweep.channels }
  private var lines: Int { (sweep.rows - 1) * window.strides.height + window.size.height }

  /// Floats of scratch memory that one slice of a batch takes; nil when they do not fit into an `Int`.
  var room: Int? {
    let image = Int?(lines).times(line).adding(SparseConvolutionGradient.lanes)
    let lists = Int?(places).times(filters).adding(SparseConvolutionGradient.lanes).times(4)
    return image.times(2).flatMap { lists.adding($0) }.adding(places + filters + 64)
      .flatMap { Int?(filters).times(pitch + 1).adding($0) }
  }

  /// Floats of scratch memory that all slices share; nil when they do not fit into an `Int`.
  var shared: Int? { Int?(filters).times(pitch).adding(places) }

  /// What all slices read.
  struct Tables {
    /// The kernel filter by filter, rows of the window rounded up to registers: `[filters, kh, vectors·lanes]`.
    let kernel: FloatSpan
    /// Where in an image each place's patch begins.
    let patchOffsets: Integers
  }

  /// Lays the tables out.
  /// - Parameter memory: as many floats as `shared`.
  func tables(_ kernel: FloatSpan, in memory: FloatSpan) -> Tables {
    let turned = memory.part(0, count: filters * pitch)
    let patchOffsets = Integers(memory.part(turned.count, count: places))
    for place in 0..<places {
      let (row, column) = (place / sweep.columns, place % sweep.columns)
      patchOffsets.base[place] = Int32(row * window.strides.height * line + column * window.strides.width * sweep.channels)
    }
    turned.fill(0)
    for row in 0..<window.size.height {
      kernels.transpose(
        kernel.base + row * run * filters, run, filters, filters, turned.base + row * vectors * SparseConvolutionGradient.lanes,
        pitch)
    }
    return Tables(kernel: turned, patchOffsets: patchOffsets)
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
    let (image, list) = (lines * line + SparseConvolutionGradient.lanes, places * filters + SparseConvolutionGradient.lanes)
    let (sums, biasSums) = (take(filters * pitch), take(filters))
    return Memory(
      image: take(image), outputGradient: take(image), values: take(list), turnedValues: take(list),
      places: Integers(take(list)), turnedPlaces: Integers(take(list)), starts: Integers(take(places + 1)),
      turnedStarts: Integers(take(filters + 1)), sums: sums, biasSums: biasSums)
  }

  /// Begins a slice: no gradient yet, and nothing but padding.
  func start(_ memory: Memory) {
    memory.sums.fill(0)
    memory.biasSums.fill(0)
    memory.image.fill(0)
  }

  /// Adds one image's part to the gradients of the slice and, unless it is nil, writes that of the image.
  func add(_ image: FloatSpan, outputGradients: FloatSpan, inputGradient: FloatSpan?, _ tables: Tables, _ memory: Memory) {
    kernels.csr_from_dense(outputGradients.base, places, filters, memory.values.base, memory.places.base, memory.starts.base)
    kernels.csr_transpose(
      memory.values.base, memory.places.base, memory.starts.base, places, filters, tables.patchOffsets.base,
      memory.turnedValues.base, memory.turnedPlaces.base, memory.turnedStarts.base, memory.biasSums.base)
    copy(image, memory.image, back: false)
    kernels.sum_patches(
      memory.turnedValues.base, memory.turnedPlaces.base, memory.turnedStarts.base, filters, memory.image.base, line,
      window.size.height, vectors, memory.sums.base)
    guard let inputGradient else { return }
    memory.outputGradient.fill(0)
    kernels.add_patches(
      memory.values.base, memory.places.base, memory.starts.base, places, tables.patchOffsets.base, tables.kernel.base,
      window.size.height, vectors, memory.outputGradient.base, line)
    copy(inputGradient, memory.outputGradient, back: true)
  }

  /// An image with its padding, or the part of it that is not padding.
  private func copy(_ image: FloatSpan, _ padded: FloatSpan, back: Bool) {
    if back { image.fill(0) }
    let (size, left) = (sweep.width * sweep.channels, sweep.left * sweep.channels)
    let count = min(size, line - left)
    for row in 0..<min(sweep.height, lines - sweep.top) {
      let (inside, outside) = (
        image.part(row * size, count: count), padded.part((row + sweep.top) * line + left, count: count)
      )
      if back { inside.copy(from: outside) } else { outside.copy(from: inside) }
    }
  }

  /// Floats at the start of a slice's memory that are its sums, those of the kernel first.
  var sums: Int { filters * (pitch + 1) }

  /// Writes the sums as gradients of the kernel, `[kh, kw, channels, filters]`, and of the bias.
  func write(_ memory: Memory, kernel: FloatSpan, bias: FloatSpan?) {
    for row in 0..<window.size.height {
      kernels.transpose(
        memory.sums.base + row * vectors * SparseConvolutionGradient.lanes, filters, run, pitch, kernel.base + row * run * filters,
        filters)
    }
    bias?.copy(from: memory.biasSums)
  }
}
