import Datasets
import Engine

/// Arrays by where they lie, so that one that many states share is counted once, and their bytes.
public typealias HeldArrays = [ObjectIdentifier: Int]

extension Session {
  /// The share of the machine's memory that undo and the results of cells may hold, when nobody chose another bound.
  private static let share = 4
  /// Less is not worth looking at the machine for.
  private static let trifle = 64 << 20

  /// Bytes that undo and the cells' results may hold together.
  /// - Parameters:
  ///   - held: what they hold now, which is no longer free.
  ///   - chosen: the bound that the person has chosen.
  private func limit(holding held: Int, _ chosen: Int?) -> Int {
    if let chosen { return chosen }
    guard held > Session.trifle else { return Session.trifle }
    return max(Session.trifle, Machine.available.saturatingSum(held) / Session.share)
  }

  /// Lets the oldest go until undo and the cells' results keep to their bound; whether anything went.
  mutating func trim(to chosen: Int?) -> Bool {
    // To weigh everything after every line would cost more than most lines do.
    guard estimate.bytes > min(estimate.limit, chosen ?? .max) else { return false }
    let held = heldBytes
    let limit = limit(holding: held, chosen)
    var hasGone = false
    if held > limit {
      while heldBytes > limit / 10 * 9, dropOldest() { hasGone = true }
    }
    estimate = MemoryEstimate(bytes: hasGone ? heldBytes : held, limit: limit)
    return hasGone
  }

  /// Counts what a line may have added.
  mutating func weigh(_ answer: any Answer, isChange: Bool, before: Session) {
    var added = answer.held
    if isChange { added.merge(before.arrays) { first, _ in first } }
    for array in arrays.keys { added[array] = nil }
    estimate.bytes = added.values.reduce(estimate.bytes.saturatingSum(answer.byteCount)) { $0.saturatingSum($1) }
  }

  /// Counts a state that was the present one, and that only undo and redo hold from now on.
  mutating func weigh(leaving state: Session) {
    var added = state.arrays
    for array in arrays.keys { added[array] = nil }
    let bytes = added.values.reduce(state.estimate.bytes) { $0.saturatingSum($1) }
    estimate = MemoryEstimate(bytes: bytes, limit: state.estimate.limit)
  }

  /// What to say when the oldest states had to go.
  var forgottenNote: String {
    let left = past.isEmpty ? "nothing can be undone any more" : "undo goes back \(counted(past.count, "change")) now"
    return "\(left): what is older was let go to save memory; set undo keeps more, as in set undo 4GB"
  }

  /// Bytes that only undo, redo and the cells' results hold.
  var heldBytes: Int {
    var held: HeldArrays = [:]
    for moment in past + future { held.merge(moment.session.arrays) { first, _ in first } }
    for cell in cells { held.merge(cell.answer?.held ?? [:]) { first, _ in first } }
    for array in arrays.keys { held[array] = nil }
    return held.values.reduce(0, +) + cells.reduce(0) { $0 + ($1.answer?.byteCount ?? 0) }
  }

  /// The arrays of its data, weights and optimizer.
  private var arrays: HeldArrays {
    [dataset?.held, network?.values.held, trainer?.held].compactMap { $0 }.reduce(into: [:]) { all, some in
      all.merge(some) { first, _ in first }
    }
  }

  /// The state that is the furthest back, else the furthest ahead, else the oldest result.
  private mutating func dropOldest() -> Bool {
    if !past.isEmpty {
      past.removeFirst()
      hasForgotten = true
    } else if !future.isEmpty {
      future.removeFirst()
    } else if let oldest = cells.firstIndex(where: { $0.answer != nil }) {
      // Many at once, where there are many.
      for index in cells.indices[oldest...].prefix(1 + (cells.count - oldest) / 32) { cells[index].answer = nil }
    } else {
      return false
    }
    return true
  }
}

/// What undo and the cells' results hold at most, and the bytes from which on it is weighed.
struct MemoryEstimate: Sendable {
  var bytes = 0
  var limit = 0

  /// Has everything weighed after the next line.
  static let unknown = MemoryEstimate(bytes: 0, limit: -1)
}

extension Int {
  fileprivate func saturatingSum(_ other: Int) -> Int {
    let (sum, hasOverflown) = addingReportingOverflow(other)
    return hasOverflown ? .max : sum
  }
}
