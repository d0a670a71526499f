import Testing

@testable import Engine

@Suite struct GlobalAvgPool2DTests {
  static let twins = [Shape([3, 4, 5]), [1, 1, 2], [7, 1, 1]].map { shape in
    Twin(GlobalAvgPool2D(), shape) { pooled($0, Pair(shape[0], shape[1]), Pair(1), same: false) { $0.reduce(0, +) / Double($0.count) } }
  }

  @Test("a row is refused") func row() { #expect(throws: (any Error).self) { try GlobalAvgPool2D().output(for: [7]) } }
}
