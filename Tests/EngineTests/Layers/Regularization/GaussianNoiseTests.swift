import Foundation
import Testing

@testable import Engine

@Suite struct GaussianNoiseTests {
  static let twins = [0.3, 0, 1].map { stddev in
    Twin(GaussianNoise(stddev: stddev), [5, 3]) { given in
      given.input.enumerated().map { index, x in
        guard given.isTraining else { return x }
        let (u, v) = (Random.uniform(2 * index, seed: given.seed), Random.uniform(2 * index + 1, seed: given.seed))
        return x + stddev * (-2 * log(1 - u)).squareRoot() * cos(2 * .pi * v)
      }
    }
  }

  @Test("the noise is normal: mean 0, its standard deviation, 68 % within it")
  func moments() throws {
    let bench = try Bench(GaussianNoise(stddev: 0.5), [1000], batch: 40)
    bench.input.fill(0)
    bench.forward()
    let noise = bench.output.doubles
    #expect(abs(noise.reduce(0, +) / 40_000) < 0.01)
    #expect(abs((noise.reduce(0) { $0 + $1 * $1 } / 40_000).squareRoot() - 0.5) < 0.01)
    #expect(abs(Double(noise.count { abs($0) < 0.5 }) / 40_000 - 0.6827) < 0.01)
  }
}
