import Engine
import Testing

@testable import sumi_bench

@Suite struct BenchmarkDataTests {
  @Test("images without zeros have none, and are the same every time")
  func full() {
    let (examples, again) = (BenchmarkData.full(20), BenchmarkData.full(20))
    #expect(examples.count == 20)
    #expect(examples.range.lowerBound >= 1)
    #expect((0..<20).allSatisfy { examples.bytes(of: $0) == again.bytes(of: $0) })
    #expect(examples.labels == again.labels)
  }

  @Test("repeated examples begin again at the first")
  func repeated() {
    let few = BenchmarkData.full(3)
    let many = BenchmarkData.repeated(few, count: 8)
    #expect(many.count == 8)
    for row in 0..<8 {
      #expect(many.bytes(of: row) == few.bytes(of: row % 3))
      #expect(many.labels[row] == few.labels[row % 3])
    }
  }
}
