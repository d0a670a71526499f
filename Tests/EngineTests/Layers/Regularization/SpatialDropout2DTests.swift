import Testing

@testable import Engine

@Suite struct SpatialDropout2DTests {
  static let twins = [(0.5, Shape([3, 2, 7])), (0.2, [4, 4, 1])].map { rate, shape in
    Twin(SpatialDropout2D(rate: rate), shape) { given in
      given.input.enumerated().map { index, x in
        guard given.isTraining else { return x }
        let channel = index / shape.count * shape[2] + index % shape[2]
        return Random.uniform(channel, seed: given.seed) < rate ? 0 : x / (1 - rate)
      }
    }
  }

  @Test("a channel is dropped as a whole")
  func whole() throws {
    let bench = try Bench(SpatialDropout2D(rate: 0.5), [5, 5, 16], batch: 4)
    bench.input.fill(1)
    bench.forward()
    let y = bench.output.doubles
    for image in 0..<4 {
      for channel in 0..<16 {
        #expect(Set((0..<25).map { y[(image * 25 + $0) * 16 + channel] }).count == 1)
      }
    }
    #expect(Set(y) == [0, 2])
  }
}
