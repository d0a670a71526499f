import CKernels
import Glibc
import Synchronization

/// Threads that wait for work together: briefly by spinning, then asleep.
///
/// Work comes in numbered pieces that are cut by its shape, never by the number of threads, so results do not depend
/// on how many there are. Each thread begins with the same share of the pieces every time, so that it finds in its
/// processor's cache what it worked on before, and takes pieces of others when its own are done.
public final class Threads: Sendable {
  /// How many work at once, the caller's included.
  public let count: Int
  private let shared: Shared

  /// - Parameter count: threads, 1 or more.
  public init(count: Int) {
    self.count = max(1, count)
    shared = Shared(count: self.count)
    for index in 1..<max(2, self.count) where self.count > 1 { Threads.start(shared, index) }
  }

  deinit { shared.stop() }

  /// One thread a processor that this process may use.
  public static var processors: Int { Machine.processors() }

  /// Runs `body` once for each piece, on all threads, and returns when all are done.
  ///
  /// There is one round at a time. Who comes while there is one, a piece of its work or another thread, does all of its
  /// own pieces itself; what comes out is the same.
  public func run(_ pieces: Int, _ body: @Sendable (Int) -> Void) {
    guard pieces > 1, count > 1, !shared.isEntered.exchange(true, ordering: .acquiring) else {
      for piece in 0..<max(0, pieces) { body(piece) }
      return
    }
    defer { shared.isEntered.store(false, ordering: .releasing) }
    withoutActuallyEscaping(body) { shared.run(pieces, $0) }
  }

  /// Cuts `0..<total` into `pieces` ranges of nearly the same length and runs `body` for each.
  public func split(_ total: Int, into pieces: Int, _ body: @Sendable (Range<Int>) -> Void) {
    let pieces = min(pieces, total)
    run(pieces) { body(total * $0 / pieces..<total * ($0 + 1) / pieces) }
  }

  private static func start(_ shared: Shared, _ index: Int) {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(Helper(shared, index))
    let failed = pthread_create(&thread, nil, { argument in
      guard let argument else { return nil }
      Unmanaged<Helper>.fromOpaque(argument).takeRetainedValue().work()
      return nil
    }, argument.toOpaque())
    if failed == 0 { pthread_detach(thread) } else { argument.release() }
  }
}

/// One thread beside the caller.
private final class Helper {
  private let shared: Shared
  private let index: Int

  init(_ shared: Shared, _ index: Int) {
    self.shared = shared
    self.index = index
  }

  func work() { shared.work(as: index) }
}

/// What the threads of one crew see of each other.
private final class Shared: @unchecked Sendable {
  /// Looks for new work this often before it sleeps: about 50 µs.
  private static let spins = 2_000

  private let count: Int
  /// Whether somebody runs a round.
  let isEntered = Atomic<Bool>(false)
  private let generation = Atomic<Int>(0)
  /// The next piece of every thread's share, each in a line of the cache of its own.
  private let next: UnsafeMutablePointer<Atomic<Int>>
  /// The generation that every thread is, or was last, at work for.
  private let present: UnsafeMutablePointer<Atomic<Int>>
  private static let line = 8
  /// Whether pieces of the work may still be taken, and how many helpers are at them. Who comes too late stays away, so
  /// a helper that the machine has no processor for is not waited for.
  private let isOpen = Atomic<Bool>(false)
  private let active = Atomic<Int>(0)
  private let stopped = Atomic<Bool>(false)
  /// Helpers that sleep, or are about to: nobody needs to be woken while there are none.
  private let sleepers = Atomic<Int>(0)
  // Written by the caller before the work is open, read by helpers only while it is.
  private var pieces = 0
  private var body: (@Sendable (Int) -> Void)?
  private var mutex = pthread_mutex_t()
  private var condition = pthread_cond_t()

  init(count: Int) {
    self.count = count
    next = .allocate(capacity: count * Shared.line)
    present = .allocate(capacity: count * Shared.line)
    for index in 0..<count * Shared.line {
      (next + index).initialize(to: Atomic(0))
      (present + index).initialize(to: Atomic(0))
    }
    pthread_mutex_init(&mutex, nil)
    pthread_cond_init(&condition, nil)
  }

  deinit {
    next.deinitialize(count: count * Shared.line).deallocate()
    present.deinitialize(count: count * Shared.line).deallocate()
    pthread_cond_destroy(&condition)
    pthread_mutex_destroy(&mutex)
  }

  func run(_ pieces: Int, _ body: @escaping @Sendable (Int) -> Void) {
    self.pieces = pieces
    self.body = body
    for index in 0..<count { next[index * Shared.line].store(pieces * index / count, ordering: .relaxed) }
    isOpen.store(true, ordering: .sequentiallyConsistent)
    let now = generation.add(1, ordering: .sequentiallyConsistent).newValue
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { wake() }
    takePieces(body, pieces, from: 0, now)
    isOpen.store(false, ordering: .sequentiallyConsistent)
    var spins = 0
    while active.load(ordering: .sequentiallyConsistent) > 0 {
      kernel_pause()
      spins += 1
      // More threads than processors: the one waited for may need this one's.
      if spins > Shared.spins { sched_yield() }
    }
    self.body = nil
  }

  func stop() {
    stopped.store(true, ordering: .sequentiallyConsistent)
    wake()
  }

  /// The life of a helper: wait for a generation, take pieces until none is left.
  func work(as index: Int) {
    var seen = 0
    while case .work(let generation) = wait(after: seen) {
      seen = generation
      active.add(1, ordering: .sequentiallyConsistent)
      if isOpen.load(ordering: .sequentiallyConsistent), let body { takePieces(body, pieces, from: index, generation) }
      active.subtract(1, ordering: .sequentiallyConsistent)
    }
  }

  /// Takes the pieces of one's own share, then of the others' what they are far from.
  ///
  /// The last piece of a share is left to the thread that it belongs to if that is at work: it will come to it soon,
  /// and has in its cache what the piece needs. Without that rule threads that end at nearly the same time exchange
  /// their pieces from one time to the next, and what they write with them.
  private func takePieces(_ body: @Sendable (Int) -> Void, _ pieces: Int, from first: Int, _ generation: Int) {
    present[first * Shared.line].store(generation, ordering: .sequentiallyConsistent)
    for step in 0..<count {
      let share = (first + step) % count
      let end = pieces * (share + 1) / count
      while true {
        let isAtWork = present[share * Shared.line].load(ordering: .sequentiallyConsistent) == generation
        if step > 0, isAtWork, next[share * Shared.line].load(ordering: .relaxed) >= end - 1 { break }
        let piece = next[share * Shared.line].add(1, ordering: .relaxed).oldValue
        if piece >= end { break }
        body(piece)
      }
    }
  }

  private func wait(after seen: Int) -> News {
    for _ in 0..<Shared.spins {
      if let news = news(after: seen) { return news }
      kernel_pause()
    }
    // Counted before the last look, so that whoever has news either is seen here or sees the count.
    sleepers.add(1, ordering: .sequentiallyConsistent)
    defer { sleepers.subtract(1, ordering: .sequentiallyConsistent) }
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    while true {
      if let news = news(after: seen) { return news }
      pthread_cond_wait(&condition, &mutex)
    }
  }

  private enum News {
    case work(generation: Int)
    case end
  }

  private func news(after seen: Int) -> News? {
    if stopped.load(ordering: .sequentiallyConsistent) { return .end }
    let now = generation.load(ordering: .sequentiallyConsistent)
    return now == seen ? nil : .work(generation: now)
  }

  private func wake() {
    pthread_mutex_lock(&mutex)
    pthread_cond_broadcast(&condition)
    pthread_mutex_unlock(&mutex)
  }
}
