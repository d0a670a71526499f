import Testing

@testable import Engine

@Suite struct AvgPool1DTests {
  static let twins = [
    twin(2, on: [6, 3]), twin(3, strides: 2, same: true, on: [8, 5]), twin(4, strides: 1, same: true, on: [5, 2]),
  ]

  static func twin(_ size: Int, strides: Int? = nil, same: Bool = false, on shape: Shape) -> Twin {
    Twin(AvgPool1D(size: size, strides: strides, padding: same ? .same : .valid), shape) { given in
      pooled(given, size, strides ?? size, same: same) { $0.reduce(0, +) / Double($0.count) }
    }
  }

  @Test func `what lies outside the sequence does not count`() throws {
    let bench = try Bench(AvgPool1D(size: 3, strides: 1, padding: .same), [3, 1], batch: 1)
    for (i, value) in [Float](arrayLiteral: 2, 4, 9).enumerated() { bench.input[i] = value }
    bench.forward()
    #expect(bench.output.doubles == [3, 5, 6.5])
  }
}
