import Glibc

/// Bytes that many values share and nobody writes once they are made.
///
/// They lie in memory of their own, never in a mapped file: one that somebody cuts off while it is mapped would end the
/// program by a signal, and reading it costs a hundredth of a second more.
public final class Bytes: @unchecked Sendable {
  /// Whole pages of this size are asked for: rows that training takes at random need fewer look-ups of addresses then.
  private static let hugePage = 1 << 21

  private let memory: UnsafeMutableRawBufferPointer

  /// - Parameters:
  ///   - count: to be held against the memory there is before.
  ///   - fill: writes all of them.
  public init<Failure: Error>(
    count: Int, fill: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    let isLarge = count >= Bytes.hugePage
    memory = .allocate(byteCount: max(1, count), alignment: isLarge ? Bytes.hugePage : MemoryLayout<Int>.alignment)
    // Only a wish: small pages do as well.
    if isLarge { madvise(memory.baseAddress, count, MADV_HUGEPAGE) }
    let bytes = UnsafeMutableBufferPointer(rebasing: memory.bindMemory(to: UInt8.self)[..<count])
    self.count = count
    try fill(bytes)
  }

  public convenience init(_ values: [UInt8]) {
    self.init(count: values.count) { _ = $0.initialize(fromContentsOf: values) }
  }

  deinit { memory.deallocate() }

  public let count: Int

  /// The bytes of a range, as a copy.
  public subscript(range: Range<Int>) -> [UInt8] { withUnsafeBufferPointer { Array($0[range]) } }

  /// All bytes, for as long as `body` runs.
  public func withUnsafeBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeBufferPointer(rebasing: UnsafeRawBufferPointer(memory).bindMemory(to: UInt8.self)[..<count]))
  }
}
