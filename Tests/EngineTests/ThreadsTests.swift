import Synchronization
import Testing

@testable import Engine

@Suite struct ThreadsTests {
  static let counts = [1, 2, 3, 7]

  @Test("every piece runs once, however many threads and pieces there are", arguments: counts, [0, 1, 2, 5, 64, 1000])
  func once(count: Int, pieces: Int) {
    let threads = Threads(count: count)
    let runs = Buffer(count: pieces)
    // Pieces write places of their own.
    threads.run(pieces) { runs.floats[$0] += 1 }
    #expect(runs.values == [Float](repeating: 1, count: pieces))
  }

  @Test("ranges cover everything once, in pieces whose lengths differ by one at most", arguments: [
    (0, 4), (1, 4), (3, 8), (10, 3), (1000, 16), (17, 1),
  ])
  func split(total: Int, pieces: Int) {
    let ranges = Mutex<[Range<Int>]>([])
    Threads(count: 3).split(total, into: pieces) { range in ranges.withLock { $0.append(range) } }
    let sorted = ranges.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
    #expect(sorted.flatMap { $0 } == Array(0..<total))
    #expect(sorted.count == min(total, pieces))
    #expect((sorted.map(\.count).max() ?? 0) - (sorted.map(\.count).min() ?? 0) <= 1)
  }

  @Test("the cut does not depend on the number of threads")
  func cut() {
    let all = Self.counts.map { count in
      let ranges = Mutex<Set<Range<Int>>>([])
      Threads(count: count).split(101, into: 8) { range in ranges.withLock { _ = $0.insert(range) } }
      return ranges.withLock { $0 }
    }
    #expect(all.allSatisfy { $0 == all[0] })
  }

  @Test("a thousand rounds one after the other lose nothing", arguments: counts)
  func rounds(count: Int) {
    let threads = Threads(count: count)
    let sum = Atomic<Int>(0)
    for _ in 0..<1000 { threads.run(5) { sum.add($0 + 1, ordering: .relaxed) } }
    #expect(sum.load(ordering: .relaxed) == 15_000)
  }

  @Test("what the pieces wrote can be read when the round is over")
  func order() {
    let threads = Threads(count: 3)
    let values = Buffer(count: 64)
    for round in 1...200 {
      threads.run(64) { values.floats[$0] = Float(round) }
      #expect(values.values.allSatisfy { $0 == Float(round) })
    }
  }

  @Test("there is one thread at least", arguments: [-1, 0, 1])
  func least(count: Int) {
    #expect(Threads(count: count).count == 1)
    #expect(Threads.processors >= 1)
  }
}
