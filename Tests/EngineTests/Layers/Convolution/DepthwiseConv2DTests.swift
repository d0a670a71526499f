import Testing

@testable import Engine

@Suite struct DepthwiseConv2DTests {
  static let twins = [
    twin(Pair(3), 1, on: [6, 5, 3]),
    twin(Pair(2, 3), 2, strides: Pair(2), same: true, on: [7, 6, 2]),
    twin(Pair(3, 2), 3, same: true, dilation: Pair(2, 1), on: [5, 6, 1]),
    twin(Pair(2), 1, strides: Pair(1, 2), on: [4, 7, 9], bias: false),
  ]

  static func twin(
    _ kernel: Pair, _ multiplier: Int, strides: Pair = Pair(1), same: Bool = false, dilation: Pair = Pair(1),
    on shape: Shape, bias: Bool = true
  ) -> Twin {
    var choices = KernelChoices()
    choices.usesBias = bias
    let layer = DepthwiseConv2D(
      kernel: kernel, strides: strides, padding: same ? .same : .valid, dilation: dilation,
      depthMultiplier: multiplier, choices)
    return Twin(layer, shape) { given in
      let (rows, top) = Twin.places(shape[0], (kernel.height - 1) * dilation.height + 1, strides.height, same: same)
      let (columns, left) = Twin.places(shape[1], (kernel.width - 1) * dilation.width + 1, strides.width, same: same)
      let (w, b, width) = (given.weights["kernel"] ?? [], given.weights["bias"], shape[2] * multiplier)
      var y: [Double] = []
      for place in 0..<given.batch * rows * columns {
        let (image, row, column) = (place / (rows * columns), place / columns % rows, place % columns)
        for output in 0..<width {
          var sum = b?[output] ?? 0
          for tap in 0..<kernel.height * kernel.width {
            let line = row * strides.height - top + tap / kernel.width * dilation.height
            let pixel = column * strides.width - left + tap % kernel.width * dilation.width
            sum += given.pixel(image, line, pixel, output / multiplier) * w[tap * width + output]
          }
          y.append(sum)
        }
      }
      return y
    }
  }

  @Test("numbers as Keras 3.15.1 with TensorFlow gives them")
  func golden() throws {
    let layer = DepthwiseConv2D(kernel: Pair(3, 2), strides: Pair(2), padding: .same, depthMultiplier: 2)
    let bench = try Bench(layer, [5, 6, 2], batch: 1)
    for i in 0..<60 { bench.input[i] = Float(i * 7 % 11 - 5) / 4 }
    for i in 0..<24 { bench.weights[0][i] = Float(i * 5 % 7 - 3) / 2 }
    bench.weights[1].fill(0)
    bench.forward()
    let expected = [
      -2.125, -2.125, -2.875, 1.75, 0.75, 0.25, 1.25, -0.625, -0.5, 1.25, 1.25, -0.25, 1.125, 0.875, 1.125, 1.375, 1.25,
      -1.375, -2.375, 0.75, -2.75, 1.875, 3.75, -2.625, -2.25, 0.375, 0.25, -2.875, 0, 0.5, 1.25, 1.25, 2.25, -2.125,
      -0.5, -2.875,
    ]
    #expect(distance(bench.output.doubles, expected) < 1e-6)
  }
}
