import Testing

@testable import Engine

@Suite struct AvgPool2DTests {
  static let twins = [
    twin(Pair(2), on: [6, 4, 3]), twin(Pair(3), strides: Pair(2), same: true, on: [6, 5, 2]),
    twin(Pair(2, 3), strides: Pair(1, 2), on: [5, 6, 8]), twin(Pair(3, 2), strides: Pair(1), same: true, on: [4, 4, 1]),
  ]

  static func twin(_ size: Pair, strides: Pair? = nil, same: Bool = false, on shape: Shape) -> Twin {
    Twin(AvgPool2D(size: size, strides: strides, padding: same ? .same : .valid), shape) { given in
      pooled(given, size, strides ?? size, same: same) { $0.reduce(0, +) / Double($0.count) }
    }
  }

  @Test("numbers as Keras 3.15.1 with TensorFlow gives them: padding does not count")
  func golden() throws {
    let bench = try Bench(AvgPool2D(size: Pair(3), strides: Pair(2), padding: .same), [5, 6, 2], batch: 1)
    for i in 0..<60 { bench.input[i] = Float(i * 7 % 11 - 5) / 4 }
    bench.forward()
    let expected = [
      -0.083333, 0.291667, 0.041667, -0.041667, -0.4375, -0.0625, 0.25, 0.166667, -0.083333, -0.166667, -0.333333,
      0.041667, 0.125, 0.041667, -0.208333, -0.291667, 0, 0.375,
    ]
    #expect(distance(bench.output.doubles, expected) < 3e-6)
  }
}
