import Testing

@testable import Engine

@Suite struct LayerNormTests {
  static let twins = [
    twin([4, 3, 5]), twin([7]), twin([9, 2], epsilon: 0.1, centers: false), twin([5], scales: false),
    twin([2, 2, 3], centers: false, scales: false), twin([3, 1]),
  ]

  static func twin(_ shape: Shape, epsilon: Double = 1e-3, centers: Bool = true, scales: Bool = true) -> Twin {
    Twin(LayerNorm(NormChoices(epsilon: epsilon, centers: centers, scales: scales)), shape) { given in
      let width = shape.last
      let (gamma, beta) = (given.weights["gamma"], given.weights["beta"])
      return (0..<given.input.count / width).flatMap { row -> [Double] in
        let values = given.input[row * width..<(row + 1) * width]
        let mean = values.reduce(0, +) / Double(width)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
        return values.enumerated().map { index, x in
          (gamma?[index] ?? 1) * (x - mean) / (variance + epsilon).squareRoot() + (beta?[index] ?? 0)
        }
      }
    }
  }

  @Test("numbers as Keras 3.15.1 gives them")
  func golden() throws {
    let bench = try Bench(LayerNorm(), [5, 6, 2], batch: 1)
    for i in 0..<60 { bench.input[i] = Float(i * 7 % 11 - 5) / 4 }
    bench.weights[0].fill(1)
    bench.weights[1].fill(0)
    bench.forward()
    let expected = [-0.999348, 0.999348, -0.999348, 0.999348, 0.998006, -0.998006, 0.998006, -0.998006]
    #expect(distance(Array(bench.output.doubles[..<8]), expected) < 2e-6)
  }
}
