import Engine

extension Session {
  /// States that `undo` can go back to at most, and the bytes they may hold together.
  private static let longestPast = 100
  private static let heaviestPast = 1 << 30

  /// Keeps the state before a change, so that `undo` finds it.
  mutating func remember(_ before: Session) {
    past = before.past + [before.alone]
    future = []
    var bytes = past.reduce(0) { $0 + $1.weight }
    while past.count > 1, past.count > Session.longestPast || bytes > Session.heaviestPast {
      bytes -= past.removeFirst().weight
    }
  }

  /// Goes to the state before the last change; false when there is none.
  mutating func stepBack() -> Bool {
    guard let before = past.last else { return false }
    self = before.with(past: past.dropLast(), future: future + [alone])
    return true
  }

  /// Goes to the state that the last `undo` left; false when there is none.
  mutating func stepForward() -> Bool {
    guard let after = future.last else { return false }
    self = after.with(past: past + [alone], future: future.dropLast())
    return true
  }

  private var alone: Session { with(past: [], future: []) }

  private func with(past: [Session], future: [Session]) -> Session {
    var session = self
    session.past = past
    session.future = future
    return session
  }

  /// Bytes of the numbers in it, as if they were not shared.
  private var weight: Int { (network?.values.count ?? 0) * MemoryLayout<Float>.stride * 3 }
}
