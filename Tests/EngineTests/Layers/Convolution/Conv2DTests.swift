import Testing

@testable import Engine
@testable import Grammar

@Suite struct Conv2DTests {
  static let twins = [
    twin(3, Pair(3), on: [6, 5, 2]),
    twin(5, Pair(2, 3), strides: Pair(2), same: true, on: [7, 6, 3]),
    twin(4, Pair(3, 2), strides: Pair(1, 2), on: [5, 8, 1]),
    twin(2, Pair(3), strides: Pair(3, 2), same: true, on: [8, 7, 1]),
    twin(3, Pair(3), dilation: Pair(2), on: [7, 8, 2]),
    twin(2, Pair(2, 3), same: true, dilation: Pair(2, 3), on: [5, 6, 2]),
    twin(2, Pair(3, 2), same: true, dilation: Pair(1, 2), on: [5, 6, 1]),
    twin(3, Pair(1), on: [4, 3, 5]),
    twin(2, Pair(1), strides: Pair(2), on: [5, 4, 2], bias: false),
    twin(3, Pair(5), same: true, on: [3, 2, 1], bias: false),
    twin(2, Pair(3), same: true, on: [20, 90, 16]),
    // Several panels of filters, whole registers and remainders, and more places than are summed at once.
    twin(33, Pair(3), on: [6, 5, 3]), twin(48, Pair(3, 2), same: true, on: [5, 4, 4]),
    twin(20, Pair(3), strides: Pair(2), same: true, on: [7, 6, 2]),
    // By fewer products: even and odd numbers of places, with padding and without.
    twin(20, Pair(3), on: [8, 6, 17]), twin(33, Pair(3), same: true, on: [7, 9, 16]),
  ]

  static func twin(
    _ filters: Int, _ kernel: Pair, strides: Pair = Pair(1), same: Bool = false, dilation: Pair = Pair(1),
    on shape: Shape, bias: Bool = true
  ) -> Twin {
    var choices = KernelChoices()
    choices.usesBias = bias
    let layer = Conv2D(
      filters: filters, kernel: kernel, strides: strides, padding: same ? .same : .valid, dilation: dilation, choices)
    return Twin(layer, shape) { given in
      let (rows, top) = Twin.places(shape[0], (kernel.height - 1) * dilation.height + 1, strides.height, same: same)
      let (columns, left) = Twin.places(shape[1], (kernel.width - 1) * dilation.width + 1, strides.width, same: same)
      let (w, b) = (given.weights["kernel"] ?? [], given.weights["bias"])
      var y: [Double] = []
      for image in 0..<given.batch {
        for row in 0..<rows {
          for column in 0..<columns {
            for filter in 0..<filters {
              var sum = b?[filter] ?? 0
              for i in 0..<kernel.height {
                for j in 0..<kernel.width {
                  for c in 0..<shape[2] {
                    let line = row * strides.height - top + i * dilation.height
                    let pixel = column * strides.width - left + j * dilation.width
                    let weight = w[((i * kernel.width + j) * shape[2] + c) * filters + filter]
                    sum += given.pixel(image, line, pixel, c) * weight
                  }
                }
              }
              y.append(sum)
            }
          }
        }
      }
      return y
    }
  }

  @Test("numbers as Keras 3.15.1 with TensorFlow gives them", arguments: [
    (
      Conv2D(filters: 2, kernel: Pair(3, 2), strides: Pair(2), padding: .same),
      [-5, -0.375, 2, -0.375, 0.75, 1, 2.25, 2.25, -1.125, -0.625, 1, -0.75, -2, -2.5, 1.25, 1.75, 1.75, -5]
    ),
    (Conv2D(filters: 2, kernel: Pair(3, 2), dilation: Pair(2)), [1.5, 1.75, 0.5, -1.75, 0.875, -1.125, -4.25, 0.875]),
  ])
  func golden(_ layer: Conv2D, _ expected: [Double]) throws {
    let bench = try Bench(layer, [5, 6, 2], batch: 1)
    for i in 0..<60 { bench.input[i] = Float(i * 7 % 11 - 5) / 4 }
    for i in 0..<24 { bench.weights[0][i] = Float(i * 5 % 7 - 3) / 2 }
    bench.weights[1].fill(0)
    bench.forward()
    #expect(distance(bench.output.doubles, expected) < 1e-6)
  }

  @Test("an image without a channel gets one", arguments: [Shape([28, 28]), [28, 28, 1]])
  func addsChannel(_ data: Shape) throws {
    var (network, random) = (Network(data: data), Random(seed: 1))
    try network.append(Conv2D(filters: 32, kernel: Pair(3)), random: &random)
    #expect(network.shapes == [[28, 28, 1], [26, 26, 32]])
    #expect(network.parameters == 320)
    #expect(network.layers[0].products(for: network.shapes[0]) == 194_688)
    #expect(network.tensors.map(\.name) == ["1.conv2d.kernel", "1.conv2d.bias"])
    #expect(network.tensors[0].weight.shape == [3, 3, 1, 32])
  }

  @Test("a refusal says what it got, what it needs and what to type", arguments: [
    ("conv2d 8 5 relu", [4, 9, 2], "kernel of 5×5 pixels is larger than its image, 4×9×2", "padding=same"),
    ("conv2d 8 3 dilation=2", [4, 4, 1], "5×5 pixels is larger than its image", "padding=same"),
    ("conv2d 8 3", [784], "needs images, height × width × channels, and gets 784", "add reshape 28 28 1"),
    ("conv2d 8 3", [576, 3], "gets 576×3", "add reshape 576 3 1"),
    ("conv2d 8 3", [10], "gets 10", "remove"),
    ("conv2d 8 3 strides=2 dilation=2", [9, 9, 1], "strides or dilation above 1, not both", "help conv2d"),
  ] as [(String, Shape, String, String)])
  func refusals(_ line: String, _ input: Shape, _ message: String, _ hint: String) throws {
    let layer = try LayerTests.read(line)
    let refusal = #expect(throws: Refusal.self) { try layer.output(for: input) }
    #expect(refusal?.message.contains(message) == true, "\(refusal?.message ?? "")")
    if hint == "padding=same" {
      // What is to be typed is the same layer with padding, and it fits.
      let again = try LayerTests.read(String(try #require(refusal?.hint).dropFirst(4)))
      #expect(throws: Never.self) { try again.output(for: input) }
    } else {
      #expect(refusal?.hint == hint)
    }
  }

  @Test("sizes that fit nowhere are refused, not computed", arguments: [
    "conv2d 9223372036854775807 3", "conv2d 4611686018427387904 1000000 padding=same",
    "conv2d 1000000 1000000x1000000 padding=same dilation=1000000", "conv2d 1000000000 28 padding=same",
    "depthwise_conv2d 1000000 padding=same depth_multiplier=1000000", "zeropadding2d 1000000",
  ])
  func absurdSizes(_ line: String) throws {
    let layer = try LayerTests.read(line)
    var (network, random) = (Network(data: [28, 28]), Random(seed: 1))
    #expect(throws: Refusal.self) { try network.append(layer, random: &random) }
    #expect(network.layers.isEmpty)
  }

  @Test("a kernel is one number or two", arguments: [
    ("3", Pair(3)), ("3x5", Pair(3, 5)), ("1x1", Pair(1)), ("1000000", Pair(1_000_000)),
  ])
  func pairs(_ text: String, _ pair: Pair) throws {
    let word = Word(text, at: Span(start: 0, length: text.count))
    #expect(try ArgumentType<Pair>.pair(1).read(word) == pair)
  }

  @Test("other kernels are misread", arguments: [
    "0", "3x", "x3", "3x5x7", "3x0", "-1", "1.5", "1000001", "3X5", "99999999999999999999",
  ])
  func misreadPairs(_ text: String) {
    let word = Word(text, at: Span(start: 0, length: text.count))
    #expect(throws: Misread.self) { try ArgumentType<Pair>.pair(1).read(word) }
  }
}
