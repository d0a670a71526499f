import Testing

@testable import Engine

@Suite struct ShuffleTests {
  @Test func `the order is our own, the same for ever`() {
    var random = Random(seed: 7)
    var values = Array(0..<10)
    random.shuffle(&values)
    #expect(values == ShuffleTests.twin(10, seed: 7))
    #expect(values.sorted() == Array(0..<10))
  }

  /// Durstenfeld's method with plain remainders, which is the same unless a number falls into the few that are drawn
  /// again.
  private static func twin(_ count: Int, seed: UInt64) -> [Int] {
    var (random, values) = (Random(seed: seed), Array(0..<count))
    for place in stride(from: count - 1, to: 0, by: -1) {
      let other = Int((Double(random.next()) / 0x1p64 * Double(place + 1)).rounded(.down))
      (values[place], values[other]) = (values[other], values[place])
    }
    return values
  }

  @Test(arguments: [0, 1, 2]) func `few values are shuffled without a fault`(count: Int) {
    var (random, values) = (Random(seed: 1), Array(0..<count))
    random.shuffle(&values)
    #expect(values.sorted() == Array(0..<count))
  }

  @Test func `every order of three comes up as often`() {
    var (random, counts) = (Random(seed: 5), [[Int]: Int]())
    for _ in 0..<6000 {
      var values = [0, 1, 2]
      random.shuffle(&values)
      counts[values, default: 0] += 1
    }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { (880...1120).contains($0) })
  }

  @Test func `numbers stay below their bound, and reach it`() {
    var random = Random(seed: 2)
    let drawn = Set((0..<500).map { _ in random.below(7) })
    #expect(drawn == Set(0..<7))
    #expect(random.below(1) == 0)
    #expect((0..<100).allSatisfy { _ in (0..<Int.max).contains(random.below(.max)) })
  }
}
