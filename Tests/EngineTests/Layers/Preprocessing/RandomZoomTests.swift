import Testing

@testable import Engine

@Suite struct RandomZoomTests {
  static let twins = [
    twin(0.3, nil, .constant, [6, 5, 2]), twin(0.5, 0.1, .nearest, [5, 7, 1]), twin(0.9, 0.9, .reflect, [4, 4, 3]),
  ]

  private static func twin(_ height: Double, _ width: Double?, _ fill: FillMode, _ shape: Shape) -> Twin {
    Twin(RandomZoom(heightFactor: height, widthFactor: width, fill: fill), shape) { given in
      warped(given, fill) { image, x, y in
        let tall = 1 + (2 * Random.uniform(2 * image, seed: given.seed) - 1) * height
        let wide = width.map { 1 + (2 * Random.uniform(2 * image + 1, seed: given.seed) - 1) * $0 } ?? tall
        let (middle, center) = (Double(shape[1] - 1) / 2, Double(shape[0] - 1) / 2)
        return (middle + (x - middle) * wide, center + (y - center) * tall)
      }
    }
  }

  @Test("a factor of 0 leaves the image as it is")
  func nothing() throws {
    let bench = try Bench(RandomZoom(heightFactor: 0), [5, 5, 1], batch: 2)
    bench.forward()
    #expect(distance(bench.output.doubles, bench.input.doubles) < 1e-6)
  }
}
