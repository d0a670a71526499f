import Testing

@testable import Engine

@Suite struct SparseConvolutionGradientTests {
  /// Rows of a window that fill registers and leave remainders, windows of several heights, strides and padding.
  static let layers: [(layer: Conv2D, shape: Shape)] = [
    (Conv2D(filters: 5, kernel: Pair(3)), [7, 6, 16]),
    (Conv2D(filters: 16, kernel: Pair(3), padding: .same), [5, 5, 7]),
    (Conv2D(filters: 3, kernel: Pair(2, 5), strides: Pair(2)), [8, 9, 9]),
    (Conv2D(filters: 4, kernel: Pair(4, 3), strides: Pair(1, 2), padding: .same), [6, 7, 32]),
    (Conv2D(filters: 2, kernel: Pair(3)), [4, 5, 64]),
  ]

  /// A bench whose slopes are 0 but for a share.
  static func bench(_ layer: Conv2D, _ shape: Shape, share: Float) throws -> Bench {
    let bench = try Bench(layer, shape, batch: 11)
    var random = Random(seed: 6)
    for i in 0..<bench.outputGradient.count where random.uniform() >= share { bench.outputGradient[i] = 0 }
    return bench
  }

  /// ∂/∂w and ∂/∂x of Σ slope·y by plain loops in float64.
  static func loops(_ bench: Bench, _ layer: Conv2D) -> (kernel: [Double], bias: [Double], input: [Double]) {
    let sweep = WindowGeometry(layer.window, over: bench.shape)
    let (w, filters) = (bench.weights[0].doubles, layer.filters)
    var (kernel, bias) = ([Double](repeating: 0, count: w.count), [Double](repeating: 0, count: filters))
    var input = [Double](repeating: 0, count: bench.input.count)
    for image in 0..<bench.batch {
      for row in 0..<sweep.rows {
        for column in 0..<sweep.columns {
          let start = ((image * sweep.rows + row) * sweep.columns + column) * filters
          for filter in 0..<filters where bench.outputGradient[start + filter] != 0 {
            let outputGradient = Double(bench.outputGradient[start + filter])
            bias[filter] += outputGradient
            sweep.forEachPixel(row: row, column: column) { tap, pixel in
              for channel in 0..<sweep.channels {
                let x = image * bench.shape.count + pixel * sweep.channels + channel
                let weight = (tap * sweep.channels + channel) * filters + filter
                kernel[weight] += outputGradient * Double(bench.input[x])
                input[x] += outputGradient * w[weight]
              }
            }
          }
        }
      }
    }
    return (kernel, bias, input)
  }

  @Test(
    "gradients where few slopes are not 0, and where many are, are those of plain loops", arguments: [0, 1, 2, 3, 4])
  func agrees(index: Int) throws {
    let (layer, shape) = Self.layers[index]
    for share: Float in [0, 0.02, 0.15, 1] {
      let bench = try Self.bench(layer, shape, share: share)
      let sparse = SparseConvolutionGradient(WindowGeometry(layer.window, over: shape), filters: layer.filters)
      #expect(sparse.pays(bench.outputGradient) == (share < 0.3))
      bench.forward()
      bench.backward()
      let expected = Self.loops(bench, layer)
      #expect(distance(bench.gradients[0].doubles, expected.kernel) < 1e-5)
      #expect(distance(bench.gradients[1].doubles, expected.bias) < 1e-5)
      #expect(distance(bench.inputGradient.doubles, expected.input) < 1e-5)
      #expect(bench.isFenced)
    }
  }

  @Test("few slopes give the same bits at any number of threads", arguments: [0, 1, 2, 3, 4])
  func sameBits(index: Int) throws {
    let (layer, shape) = Self.layers[index]
    let bits = try [1, 2, 5].map { count in
      let bench = try Self.bench(layer, shape, share: 0.1)
      bench.forward(threads: Threads(count: count))
      bench.backward(threads: Threads(count: count))
      return bench.bits
    }
    #expect(bits.allSatisfy { $0 == bits[0] })
  }

  @Test("a window of too few numbers in a row, or with gaps, is left to dense sums")
  func cannotPay() {
    let narrow = SparseConvolutionGradient(WindowGeometry(Window(size: Pair(3)), over: [5, 5, 1]), filters: 4)
    let gaps = SparseConvolutionGradient(
      WindowGeometry(Window(size: Pair(3), dilation: Pair(2)), over: [9, 9, 32]), filters: 4)
    #expect(!narrow.canPay && !gaps.canPay)
  }
}
