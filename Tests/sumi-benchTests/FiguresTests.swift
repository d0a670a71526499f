import Testing

@testable import sumi_bench

@Suite struct FiguresTests {
  @Test("the median is the middle, of an even number the mean of the two there", arguments: [
    ([3.0], 3.0), ([9.0, 1, 2], 2.0), ([4.0, 1, 3, 2], 2.5),
  ])
  func median(values: [Double], expected: Double) { #expect(values.median == expected) }

  @Test("of nothing there is no median")
  func nothing() {
    #expect([Double]().median == nil)
    #expect(Figures.median([]) == nil)
  }

  @Test("of several runs each figure has a median of its own, and rates follow from the seconds")
  func runs() throws {
    let runs = [(3.0, 10), (1, 30), (2, 20)].map {
      Figures(seconds: $0.0, images: 100, operations: 4000, memory: $0.1)
    }
    let figures = try #require(Figures.median(runs))
    #expect(figures.seconds == 2)
    #expect(figures.memory == 20)
    #expect(figures.imagesPerSecond == 50)
    #expect(figures.operationsPerSecond == 2000)
  }
}
