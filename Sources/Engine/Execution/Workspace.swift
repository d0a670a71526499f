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

  private static func memory(bytes: Int) -> UnsafeMutableRawPointer? {
    LargeMemory.allocate(bytes: bytes, alignment: alignment)
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
