import Testing

@testable import sumi_bench

@Suite struct BenchmarkModelTests {
  @Test("operations are those of all products: two through the first layer, three through the next")
  func operations() throws {
    var subject = try BenchmarkModel(["dense 8 relu", "dense 10 softmax"], BenchmarkData.full(30), threads: 1)
    let trained = try subject.train(epochs: 1, batch: 16)
    #expect(trained.operations == Double(2 * (2 * 784 * 8 + 3 * 8 * 10) * 30))
    #expect(trained.images == 30)
    #expect(trained.seconds > 0)
    for keepsOutputs in [true, false] {
      let asked = try subject.evaluate(passes: 1, keepsOutputs: keepsOutputs)
      #expect(asked.operations == Double(2 * (784 * 8 + 8 * 10) * 30))
    }
  }

  @Test("a layer that there is not is refused")
  func unknown() {
    #expect(throws: (any Error).self) { try BenchmarkModel(["dnse 8"], BenchmarkData.full(3), threads: 1) }
  }
}
