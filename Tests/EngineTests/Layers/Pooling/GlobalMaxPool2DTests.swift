import Testing

@testable import Engine

@Suite struct GlobalMaxPool2DTests {
  static let twins = [Shape([3, 4, 5]), [1, 1, 2], [7, 1, 1]].map { shape in
    Twin(GlobalMaxPool2D(), shape) { pooled($0, Pair(shape[0], shape[1]), Pair(1), same: false) { $0.max() ?? .nan } }
  }

  @Test("numbers that are equally large share the gradient, as in TensorFlow's reduce_max")
  func ties() throws {
    let bench = try Bench(GlobalMaxPool2D(), [2, 2, 1], batch: 1)
    for (i, value) in [Float](arrayLiteral: 1, 2, 2, 0).enumerated() { bench.input[i] = value }
    bench.outputGradient[0] = 3
    bench.forward()
    bench.backward()
    #expect(bench.inputGradient.doubles == [0, 1.5, 1.5, 0])
  }
}
