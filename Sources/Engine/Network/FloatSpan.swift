/// A view of floats in memory that somebody else owns, to be read and written by several threads in parts that do not
/// overlap.
///
/// Views are only made of a `Workspace` or of an array that is held for the time, and never kept.
public struct FloatSpan: @unchecked Sendable {
  public let base: UnsafeMutablePointer<Float>
  public let count: Int

  public init(_ base: UnsafeMutablePointer<Float>, count: Int) {
    self.base = base
    self.count = count
  }

  @inline(__always)
  public subscript(index: Int) -> Float {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  /// The part that begins at `start`.
  public func part(_ start: Int, count: Int) -> FloatSpan {
    precondition(start >= 0 && count >= 0 && start + count <= self.count, "a part lies inside its view")
    return FloatSpan(base + start, count: count)
  }

  /// Its memory, to be read.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<Float>.stride) }

  public func fill(_ value: Float) { base.update(repeating: value, count: count) }

  public func copy(from other: FloatSpan) { base.update(from: other.base, count: min(count, other.count)) }
}
