import Testing

@testable import Engine

@Suite struct DropoutTests {
  static let twins = [(0.5, Shape([7, 3])), (0, [4]), (0.9, [33])].map { rate, shape in
    Twin(Dropout(rate: rate), shape) { given in
      given.input.enumerated().map { index, x in
        guard given.isTraining else { return x }
        return Random.uniform(index, seed: given.seed) < rate ? 0 : x / (1 - rate)
      }
    }
  }

  @Test("the mean stays and the share is dropped", arguments: ["dropout 0.25", "spatial_dropout2d 0.25"])
  func mean(_ line: String) throws {
    let bench = try Bench(try LayerTests.read(line), [1, 1, 4000], batch: 10)
    bench.input.fill(1)
    bench.forward()
    let y = bench.output.doubles
    // Of 40,000 numbers 10,000 ± 87 are dropped (one standard deviation).
    #expect(abs(y.count { $0 == 0 } - 10_000) < 350)
    #expect(abs(y.reduce(0, +) / 40_000 - 1) < 0.012)
  }

  @Test("a seed fixes what is dropped, and examples differ", arguments: [
    "dropout 0.5", "spatial_dropout2d 0.5", "gaussian_noise 0.3", "random_translation 0.3", "random_rotation 0.2",
    "random_zoom 0.3",
  ])
  func seeds(_ line: String) throws {
    let layer = try LayerTests.read(line)
    func run(seed: UInt64, of batch: Int) throws -> [[Double]] {
      let bench = try Bench(layer, [6, 6, 8], batch: batch, seed: seed)
      for i in 0..<bench.input.count { bench.input[i] = Float(i % 288 + 1) / 288 }
      bench.forward()
      let y = bench.output.doubles
      return (0..<batch).map { Array(y[$0 * 288..<($0 + 1) * 288]) }
    }
    let (first, again, other) = (try run(seed: 3, of: 4), try run(seed: 3, of: 4), try run(seed: 4, of: 4))
    #expect(first == again)
    #expect(first != other)
    #expect(Set(first).count == 4, "each example has its own numbers")
    #expect(try run(seed: 3, of: 2) == Array(first[..<2]), "an example's numbers do not depend on the batch's length")
  }
}
