import Glibc

/// Numbers that many values share and nobody writes once they are made.
///
/// They lie in memory of their own, never in a mapped file: one that somebody cuts off while it is mapped would end the
/// program by a signal, and reading it costs a hundredth of a second more.
public final class SharedBuffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let memory: UnsafeMutableRawBufferPointer

  /// - Parameters:
  ///   - count: to be held against the memory there is before.
  ///   - fill: writes all of them.
  public init<Failure: Error>(
    count: Int, fill: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Void
  ) throws(Failure) {
    let size = max(1, count * MemoryLayout<Element>.stride)
    // Rows that training takes at random need fewer look-ups of addresses in large pages.
    guard let start = LargeMemory.allocate(bytes: size, alignment: 16) else {
      fatalError("memory that was there a moment ago is gone")
    }
    memory = UnsafeMutableRawBufferPointer(start: start, count: size)
    self.count = count
    try fill(UnsafeMutableBufferPointer(rebasing: memory.bindMemory(to: Element.self)[..<count]))
  }

  public convenience init(_ values: [Element]) {
    self.init(count: values.count) { _ = $0.initialize(fromContentsOf: values) }
  }

  deinit { free(memory.baseAddress) }

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
