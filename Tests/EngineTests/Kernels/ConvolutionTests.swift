import Testing

@testable import Engine

/// A convolution with the pooling behind it in one, against the two one after the other.
@Suite struct ConvolutionTests {
  static let layers: [(layer: Conv2D, shape: Shape)] = [
    (Conv2D(filters: 5, kernel: Pair(3), activation: ReLU()), [9, 8, 1]),
    (Conv2D(filters: 24, kernel: Pair(5), activation: ReLU()), [12, 12, 1]),
    (Conv2D(filters: 64, kernel: Pair(3), activation: ReLU()), [13, 13, 32]),
    (Conv2D(filters: 33, kernel: Pair(3), padding: .same), [9, 7, 20]),
    (Conv2D(filters: 16, kernel: Pair(2, 3), activation: ReLU(), strides: Pair(2, 1)), [12, 9, 16]),
    (Conv2D(filters: 40, kernel: Pair(3), activation: ReLU()), [30, 62, 17]),
  ]

  /// Runs the two layers with the numbers of the one; what comes out, and the gradients.
  private static func apart(_ both: Bench, _ layer: Conv2D) throws -> (conv: Bench, pool: Bench) {
    let conv = try Bench(layer, both.shape, batch: both.batch)
    let pool = try Bench(MaxPool2D(), try layer.output(for: both.shape), batch: both.batch)
    conv.input.copy(from: both.input)
    for (to, from) in zip(conv.weights, both.weights) { to.copy(from: from) }
    conv.forward()
    pool.input.copy(from: conv.output)
    pool.forward()
    pool.outputGradient.copy(from: both.outputGradient)
    pool.backward()
    conv.outputGradient.copy(from: pool.inputGradient)
    conv.backward()
    return (conv, pool)
  }

  @Test(arguments: 0..<layers.count)
  func `a convolution and its pooling in one give what the two give`(index: Int) throws {
    let (layer, shape) = Self.layers[index]
    let both = try Bench(try #require(layer.pooled(by: MaxPool2D())), shape, batch: 5)
    both.forward()
    both.backward()
    let (conv, pool) = try Self.apart(both, layer)
    #expect(distance(both.output.doubles, pool.output.doubles) < 1e-5)
    #expect(distance(both.inputGradient.doubles, conv.inputGradient.doubles) < 1e-5)
    for (ours, theirs) in zip(both.gradients, conv.gradients) { #expect(distance(ours.doubles, theirs.doubles) < 1e-5) }
    #expect(both.isFenced)
  }

  @Test(arguments: 0..<layers.count)
  func `the two in one give the same bits at any number of threads`(index: Int) throws {
    let (layer, shape) = Self.layers[index]
    let bits = try [1, 2, 3, 7].map { count in
      let bench = try Bench(try #require(layer.pooled(by: MaxPool2D())), shape, batch: 11)
      bench.forward(threads: Threads(count: count))
      bench.backward(threads: Threads(count: count))
      return bench.bits
    }
    #expect(bits.allSatisfy { $0 == bits[0] })
  }

  @Test func `only where the largest before the activation is the largest after it are the two one`() throws {
    let pools = [
      "maxpool2d 2": true, "maxpool2d 3": false, "maxpool2d 2 strides=1": false, "maxpool2d 2 padding=same": false,
    ]
    for (line, isOne) in pools {
      let pool = try Layers.catalogue.value(line)
      #expect((Conv2D(filters: 4, kernel: Pair(3), activation: ReLU()).pooled(by: pool) != nil) == isOne, "\(line)")
    }
    for line in ["conv2d 4 3 tanh", "conv2d 4 3 dilation=2"] {
      #expect(try #require(try Layers.catalogue.value(line) as? Conv2D).pooled(by: MaxPool2D()) == nil)
    }
    #expect(Conv2D(filters: 4, kernel: Pair(3)).pooled(by: AvgPool2D()) == nil)
  }
}
