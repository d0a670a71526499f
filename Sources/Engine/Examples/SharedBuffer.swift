import Glibc

/// Numbers that many values share and nobody writes once they are made.
///
/// They lie in memory of their own, never in a mapped file: one that somebody cuts off while it is mapped would end the
/// program by a signal, and reading it costs a hundredth of a second more.
public final class SharedBuffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  /// Whole pages of this size are asked for: rows that training takes at random need fewer look-ups of addresses then.
  private static var hugePage: Int { 1 << 21 }

  private let memory: UnsafeMutableRawBufferPointer

  /// - Parameters:
  ///   - count: to be held against the memory there is before.
  ///   - fill: writes all of them.
  public init<Failure: Error>(
    count: Int, fill: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Void
  ) throws(Failure) {
    let size = count * MemoryLayout<Element>.stride
    let isLarge = size >= SharedBuffer.hugePage
    memory = .allocate(
      byteCount: max(1, size), alignment: isLarge ? SharedBuffer.hugePage : MemoryLayout<Int>.alignment)
    // Only a wish: small pages do as well.
    if isLarge { madvise(memory.baseAddress, size, MADV_HUGEPAGE) }
    self.count = count
    try fill(UnsafeMutableBufferPointer(rebasing: memory.bindMemory(to: Element.self)[..<count]))
  }

  public convenience init(_ values: [Element]) {
    self.init(count: values.count) { _ = $0.initialize(fromContentsOf: values) }
  }

  deinit { memory.deallocate() }

  public let count: Int

  /// The memory that they take.
  public var byteCount: Int { count * MemoryLayout<Element>.stride }

  /// The numbers of a range, as a copy.
  public subscript(range: Range<Int>) -> [Element] { withUnsafeBufferPointer { Array($0[range]) } }

  /// All numbers, for as long as `body` runs.
  public func withUnsafeBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(
      UnsafeBufferPointer(rebasing: UnsafeRawBufferPointer(memory).bindMemory(to: Element.self)[..<count]))
  }
}

public typealias Bytes = SharedBuffer<UInt8>
public typealias Floats = SharedBuffer<Float>
