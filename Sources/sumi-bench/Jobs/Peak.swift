import Engine
import Synchronization

extension Job {
  /// What the processor can do at most, measured and not looked up.
  static let peak = Job(
    name: "peak", help: "multiply-adds alone, in registers: the most that the processor can do",
    cases: cases("FMA peak") { try peak(threads: $0) })

  /// Multiply-adds of one measurement, times the chains that run beside each other.
  private static let rounds = 4_000_000

  private static func peak(threads count: Int) throws -> Figures {
    let (threads, clock) = (Threads(count: count), ContinuousClock())
    var best: Figures?
    // The best of some: a peak that was disturbed is none.
    for _ in 0..<7 {
      let operations = Atomic<Int>(0)
      let seconds = clock.measure {
        threads.run(count) { _ in
          var factors: [Float] = [0.999, 0.001, 0]
          operations.add(Kernels.peak(rounds: rounds, &factors), ordering: .relaxed)
        }
      } / .seconds(1)
      let figures = Figures(seconds: seconds, operations: Double(operations.load(ordering: .relaxed)))
      if figures.seconds < best?.seconds ?? .infinity { best = figures }
    }
    guard let best else { throw Failure(message: "nothing was measured") }
    return best
  }
}
