import Foundation
import Synchronization
import Testing

@testable import Engine

@Suite struct ThreadsTests {
  static let counts = [1, 2, 3, 7]

  /// The ranges that threads were given; its lock is one that the thread sanitizer knows, other than `Mutex`.
  private final class Ranges: @unchecked Sendable {
    private let lock = NSLock()
    private var ranges: [Range<Int>] = []

    func add(_ range: Range<Int>) { lock.withLock { ranges.append(range) } }

    var sorted: [Range<Int>] { lock.withLock { ranges.sorted { $0.lowerBound < $1.lowerBound } } }
  }

  private final class Counter: Sendable { let total = Atomic<Int>(0) }

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
    let ranges = Ranges()
    Threads(count: 3).split(total, into: pieces) { ranges.add($0) }
    let sorted = ranges.sorted
    #expect(sorted.flatMap { $0 } == Array(0..<total))
    #expect(sorted.count == min(total, pieces))
    #expect((sorted.map(\.count).max() ?? 0) - (sorted.map(\.count).min() ?? 0) <= 1)
  }

  @Test("the cut does not depend on the number of threads")
  func cut() {
    let all = Self.counts.map { count in
      let ranges = Ranges()
      Threads(count: count).split(101, into: 8) { ranges.add($0) }
      return ranges.sorted
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
  func minimum(count: Int) {
    #expect(Threads(count: count).count == 1)
    #expect(Threads.processors >= 1)
  }

  @Test("threads that are at work are not entered: who comes then works alone", arguments: counts)
  func entered(count: Int) {
    let threads = Threads(count: count)
    let runs = Buffer(count: 64)
    threads.run(8) { outer in threads.run(8) { runs.floats[outer * 8 + $0] += 1 } }
    #expect(runs.values == [Float](repeating: 1, count: 64))
    threads.run(64) { runs.floats[$0] += 1 }
    #expect(runs.values == [Float](repeating: 2, count: 64))
  }

  @Test("several threads may use the same ones at once")
  func shared() async {
    let threads = Threads(count: 3)
    let counter = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask { for _ in 0..<200 { threads.run(7) { counter.total.add($0 + 1, ordering: .relaxed) } } }
      }
    }
    #expect(counter.total.load(ordering: .relaxed) == 4 * 200 * 28)
  }
}
