import Glibc
import Grammar

/// Memory for the numbers between layers, allocated once for many batches.
final class Workspace {
  /// A line of the processor's cache; every part begins at one.
  static let alignment = 64

  private let memory: UnsafeMutablePointer<Float>
  private let capacity: Int
  private var used = 0

  /// - Parameter capacity: floats, each part rounded up by `rounded`; to be held against the memory there is before.
  /// - Throws: `Refusal` when the memory cannot be had after all.
  init(capacity: Int) throws(Refusal) {
    self.capacity = max(capacity, 1)
    let bytes = self.capacity.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !bytes.overflow, let memory = Workspace.memory(bytes: bytes.partialValue) else { throw .noMemory(capacity) }
    self.memory = memory.bindMemory(to: Float.self, capacity: self.capacity)
    self.memory.initialize(repeating: 0, count: self.capacity)
  }

  deinit { free(memory) }

  /// Memory for floats that begins at a line of the cache, to be freed by `free`.
  static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    guard let memory = memory(bytes: max(1, count) * MemoryLayout<Float>.stride) else {
      fatalError("memory that was there a moment ago is gone")
    }
    return memory.bindMemory(to: Float.self, capacity: max(1, count))
  }

  /// A page of the largest size that every processor has.
  private static let hugePage = 2 << 20

  /// Much memory is taken in huge pages, where the system gives them to those who ask: a page of 4 KB for each thousand
  /// weights has to be found, cleared and looked up again and again.
  private static func memory(bytes: Int) -> UnsafeMutableRawPointer? {
    var start: UnsafeMutableRawPointer?
    let (whole, hasOverflown) = bytes.addingReportingOverflow(hugePage - 1)
    let rounded = whole / hugePage * hugePage
    if bytes >= hugePage / 2, !hasOverflown, posix_memalign(&start, hugePage, rounded) == 0 {
      madvise(start, rounded, MADV_HUGEPAGE)
      return start
    }
    // What was measured before is enough for this, if not for what the larger pages take besides.
    return posix_memalign(&start, alignment, bytes) == 0 ? start : nil
  }

  /// Floats rounded up to whole cache lines.
  static func rounded(_ count: Int) -> Int { (count + 15) / 16 * 16 }

  /// The next part of `count` floats, all 0.
  func take(_ count: Int) -> FloatSpan {
    precondition(used + count <= capacity, "the workspace was measured before it was made")
    defer { used += Workspace.rounded(count) }
    return FloatSpan(memory + used, count: count)
  }
}

extension Refusal {
  fileprivate static func noMemory(_ floats: Int) -> Refusal {
    let bytes = Int?(floats).times(MemoryLayout<Float>.stride).map(Machine.text) ?? "too much"
    return Refusal("this needs \(bytes) of memory, which the system does not give", hint: "fit 1 1")
  }
}
