import CKernels

/// The gradient of a convolution's kernel by products of every place.
extension Convolution {
  /// Floats for the sums of one slice, and for its slopes where they have to be padded to whole registers.
  var sums: Int { panels * Convolution.filtersAtOnce * length }
  var paddedSlopes: Int { filters % Convolution.lanes == 0 ? 0 : places * panels * Convolution.filtersAtOnce }

  /// Adds one image's part to the gradient of the kernel, `[panels, length, filtersAtOnce]`.
  /// - Parameters:
  ///   - image: with its padding.
  ///   - outputGradients: of all places, those that are pooled too.
  ///   - wide: memory for padded slopes.
  func addGradient(
    _ image: FloatSpan, outputGradients: FloatSpan, to sums: FloatSpan, _ tables: Tables, wide: FloatSpan
  ) {
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

  /// Writes pooled gradients, `[rows / 2, columns / 2, filters]`, at the places that were the largest, and 0 at others:
  /// `[rows, columns, filters]`.
  func spread(_ pooled: FloatSpan, _ first: UnsafePointer<Int32>, into places: FloatSpan) {
    let (windows, line) = (columns / 2, columns * filters)
    for row in 0..<rows / 2 {
      let from = row * windows * filters
      kernels.spread_pooled(pooled.base + from, first + from, windows, filters, places.base + 2 * row * line, line)
    }
  }
}
