import Engine

/// The threads of the program, made at the first need and again when another number is asked for.
final class ThreadPool {
  private var current: Threads?

  /// - Parameter count: nil for one a processor.
  func threads(_ count: Int?) -> Threads {
    let wanted = count ?? Threads.processors
    if let current, current.count == wanted { return current }
    let threads = Threads(count: wanted)
    current = threads
    return threads
  }
}
