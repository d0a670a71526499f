import Foundation
import Testing

@testable import Engine

@Suite struct RandomRotationTests {
  static let twins = [
    twin(0.1, .constant, [6, 5, 2]), twin(0.5, .nearest, [5, 7, 1]), twin(0.3, .reflect, [4, 4, 3]),
  ]

  private static func twin(_ factor: Double, _ fill: FillMode, _ shape: Shape) -> Twin {
    Twin(RandomRotation(factor: factor, fill: fill), shape) { given in
      warped(given, fill) { image, x, y in
        let angle = (2 * Random.uniform(image, seed: given.seed) - 1) * factor * 2 * .pi
        let (middle, center) = (Double(shape[1] - 1) / 2, Double(shape[0] - 1) / 2)
        let (dx, dy) = (x - middle, y - center)
        return (middle + dx * cos(angle) - dy * sin(angle), center + dx * sin(angle) + dy * cos(angle))
      }
    }
  }

  @Test("a factor of 0 turns nothing")
  func nothing() throws {
    let bench = try Bench(RandomRotation(factor: 0), [5, 5, 1], batch: 2)
    bench.forward()
    #expect(bench.output.doubles == bench.input.doubles)
  }
}
