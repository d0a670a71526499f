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
    guard held > Session.trifle else { return .max }
    return max(Session.trifle, Machine.available.saturatingSum(held) / Session.share)
  }

  /// Lets the oldest go until undo and the cells' results keep to their bound; whether anything went.
  mutating func trim(to chosen: Int?) -> Bool {
    let limit = limit(holding: heldBytes, chosen)
    var hasGone = false
    while heldBytes > limit, dropOldest() { hasGone = true }
    return hasGone
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
    } else if !future.isEmpty {
      future.removeFirst()
    } else if let oldest = cells.firstIndex(where: { $0.answer != nil }) {
      cells[oldest].answer = nil
    } else {
      return false
    }
    return true
  }
}

extension Int {
  fileprivate func saturatingSum(_ other: Int) -> Int {
    let (sum, hasOverflown) = addingReportingOverflow(other)
    return hasOverflown ? .max : sum
  }
}
