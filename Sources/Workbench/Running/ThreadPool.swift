import Engine

/// The threads of a program, made at the first need and again when another number is asked for.
public final class ThreadPool {
  private var current: Threads?

  public init() {}

  /// - Parameter count: nil for one a processor.
  public func threads(_ count: Int?) -> Threads {
    let wanted = count ?? Threads.processors
    if let current, current.count == wanted { return current }
    let threads = Threads(count: wanted)
    current = threads
    return threads
  }
}
