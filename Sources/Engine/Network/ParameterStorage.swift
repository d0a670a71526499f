import Glibc

/// Many floats in memory that begins at a line of the processor's cache; a value, copied when it is written while
/// shared.
///
/// An array begins anywhere, and two threads that change neighbouring parts of it then write into the same lines: on a
/// machine with two cores that took half of the time of an epoch.
public struct ParameterStorage: Sendable, RandomAccessCollection, MutableCollection {
  private var storage: Storage

  private final class Storage: @unchecked Sendable {
    let base: UnsafeMutablePointer<Float>
    let count: Int

    init(count: Int) {
      self.count = count
      base = Workspace.allocate(count)
    }

    deinit { free(base) }
  }

  /// No numbers.
  public init() { storage = Storage(count: 0) }

  /// The same number many times.
  public init(repeating number: Float, count: Int) {
    storage = Storage(count: count)
    storage.base.initialize(repeating: number, count: count)
  }

  public init(_ numbers: some Collection<Float>) {
    self.init(repeating: 0, count: numbers.count)
    replaceSubrange(0..<numbers.count, with: numbers)
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { storage.count }

  public subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < storage.count, "an index lies inside")
      return storage.base[index]
    }
    set {
      precondition(index >= 0 && index < storage.count, "an index lies inside")
      makeUnique()
      storage.base[index] = newValue
    }
  }

  /// Puts numbers in the place of as many others.
  public mutating func replaceSubrange(_ range: Range<Int>, with numbers: some Collection<Float>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count && numbers.count == range.count, "as many, inside")
    makeUnique()
    _ = UnsafeMutableBufferPointer(start: storage.base + range.lowerBound, count: range.count).update(from: numbers)
  }

  /// Adds numbers at the end.
  public mutating func append(repeating number: Float, count more: Int) {
    let longer = Storage(count: count + more)
    longer.base.initialize(from: storage.base, count: count)
    (longer.base + count).initialize(repeating: number, count: more)
    storage = longer
  }

  /// The memory itself, for the time of the call.
  public mutating func withUnsafeMutableBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    makeUnique()
    return try body(UnsafeMutableBufferPointer(start: storage.base, count: storage.count))
  }

  /// All numbers, to be read for the time of the call; nothing is copied.
  func withSpan<Result, Failure: Error>(_ body: (FloatSpan) throws(Failure) -> Result) throws(Failure) -> Result {
    defer { withExtendedLifetime(storage) {} }
    return try body(FloatSpan(storage.base, count: storage.count))
  }

  /// Whether all are finite.
  var isFinite: Bool {
    withSpan { span in
      var found: UInt32 = 0
      // An exponent of ones alone becomes a carry, so that the loop has no branch.
      for i in 0..<span.count { found |= (span[i].bitPattern & 0x7FFF_FFFF) &+ 0x0080_0000 }
      return found & 0x8000_0000 == 0
    }
  }

  /// The memory, which copies share until one of them is written, and its bytes.
  public var held: [ObjectIdentifier: Int] { [ObjectIdentifier(storage): count * MemoryLayout<Float>.stride] }

  /// A part, to be read as long as these numbers live.
  func view(_ range: Range<Int>) -> FloatSpan {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range lies inside")
    return FloatSpan(storage.base + range.lowerBound, count: range.count)
  }

  /// A part, as numbers of their own.
  package func part(_ range: Range<Int>) -> ParameterStorage {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range lies inside")
    let part = ParameterStorage(repeating: 0, count: range.count)
    part.storage.base.update(from: storage.base + range.lowerBound, count: range.count)
    return part
  }

  /// Puts the numbers of another in the place of as many, from one on.
  package mutating func replace(from first: Int, with part: ParameterStorage) {
    precondition(first >= 0 && first + part.count <= count, "as many, inside")
    makeUnique()
    (storage.base + first).update(from: part.storage.base, count: part.count)
  }

  private mutating func makeUnique() {
    guard !isKnownUniquelyReferenced(&storage) else { return }
    let copy = Storage(count: storage.count)
    copy.base.initialize(from: storage.base, count: storage.count)
    storage = copy
  }
}

extension ParameterStorage: Equatable {
  public static func == (a: ParameterStorage, b: ParameterStorage) -> Bool { a.elementsEqual(b) }
}
