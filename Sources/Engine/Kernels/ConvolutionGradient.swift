import CKernels

/// The gradient of a convolution's kernel by products of every place.
extension Convolution {
  /// Floats for the sums of one slice, and for its slopes where they have to be padded to whole registers.
  var sums: Int { panels * sumsOfPanel }
  private var sumsOfPanel: Int {
    (gradientWinograd == nil ? length : Int(KERNEL_POSITIONS) * channels) * Convolution.filtersAtOnce
  }
  /// The way with fewer products; one for each window, where places are pooled, is fewer still.
  private var gradientWinograd: Winograd? { isPooled ? nil : winograd }
  /// Floats from the slopes of one place to those of the next.
  private var slopeWidth: Int { filters % Convolution.lanes == 0 ? filters : panels * Convolution.filtersAtOnce }
  /// Floats for the slopes of the places that are pooled, and for the four corners of each number of an image: those
  /// whose last one is in it.
  var spreadSlopes: Int { isPooled ? places * filters : 0 }
  var corners: Int { isPooled ? 4 * channels * (line * (reach.height - strides.height) - strides.width) : 0 }
  var paddedSlopes: Int { filters % Convolution.lanes == 0 ? 0 : places * panels * Convolution.filtersAtOnce }

  /// Adds some images' part to the gradient of the kernel, to be read by `write`.
  /// - Parameters:
  ///   - outputGradients: of all places, those that are pooled too.
  ///   - wide: memory for padded slopes.
  func addGradients(
    _ input: FloatSpan, _ images: Range<Int>, outputGradients: FloatSpan, to sums: FloatSpan, _ tables: Tables,
    scratch: FloatSpan, wide: FloatSpan
  ) {
    if let winograd = gradientWinograd {
      return winograd.addGradients(input, images, outputGradients: outputGradients, to: sums, tables, scratch: scratch)
    }
    for index in images {
      addGradient(
        image(index, of: input, scratch),
        outputGradients: outputGradients.part(index * places * filters, count: places * filters), to: sums, tables,
        wide: wide)
    }
  }

  /// The same for one image whose gradients are pooled: each belongs to the place that was the largest of four.
  /// - Parameters:
  ///   - first: which of the four that was.
  ///   - corners: memory for the four numbers that stand for each of the image's.
  func addPooledGradients(
    _ input: FloatSpan, pooled: FloatSpan, _ first: UnsafePointer<Int32>, to sums: FloatSpan, _ tables: Tables,
    scratch: FloatSpan, corners: FloatSpan
  ) {
    kernels.gather_corners(image(0, of: input, scratch).base, corners.count / 4, tables.corners.base, corners.base)
    for panel in 0..<panels {
      let filter = panel * Convolution.filtersAtOnce
      kernels.sum_pooled(
        corners.base, tables.patchOffsets.base, places / 4, tables.elementOffsets.base, length, pooled.base + filter,
        first + filter, filters, min(Convolution.filtersAtOnce, filters - filter), sums.base + panel * sumsOfPanel)
    }
  }

  private func addGradient(
    _ image: FloatSpan, outputGradients: FloatSpan, to sums: FloatSpan, _ tables: Tables, wide: FloatSpan
  ) {
    guard paddedSlopes > 0 else { return addPadded(image, outputGradients, to: sums, tables) }
    wide.fill(0)
    for place in 0..<places {
      wide.part(place * slopeWidth, count: filters).copy(from: outputGradients.part(place * filters, count: filters))
    }
    addPadded(image, wide, to: sums, tables)
  }

  private func addPadded(_ image: FloatSpan, _ slopes: FloatSpan, to sums: FloatSpan, _ tables: Tables) {
    for panel in 0..<panels {
      let first = panel * Convolution.filtersAtOnce
      kernels.sum_convolved(
        image.base, tables.patchOffsets.base, places, tables.elementOffsets.base, length, slopes.base + first,
        slopeWidth,
        min(Convolution.filtersAtOnce, slopeWidth - first), sums.base + first * length)
    }
  }

  /// Writes sums as the gradient of the kernel, `[kh, kw, channels, filters]`.
  func write(_ sums: FloatSpan, to gradient: FloatSpan) {
    let lanes = Convolution.filtersAtOnce
    gradientWinograd?.turnBack(sums)
    for number in 0..<length {
      for panel in 0..<panels {
        let count = min(lanes, filters - panel * lanes)
        gradient.part(number * filters + panel * lanes, count: count)
          .copy(from: sums.part(panel * sumsOfPanel + number * lanes, count: count))
      }
    }
  }

  /// Writes pooled gradients, `[rows / 2, columns / 2, filters]`, at the places that were the largest, and 0 at others:
  /// `[rows, columns, filters]`.
  func spread(_ pooled: FloatSpan, _ first: UnsafePointer<Int32>, into places: FloatSpan) {
    let (windows, line) = (columns / 2, columns * filters)
    for row in 0..<rows / 2 {
      let from = row * windows * filters
      kernels.spread_pooled(
        pooled.base + from, first + from, windows, filters, places.base + 2 * row * line, filters, line)
    }
  }
}
