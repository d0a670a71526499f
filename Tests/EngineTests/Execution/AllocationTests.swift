import CAllocations
import Grammar
import Testing

@testable import Engine

/// Needs malloc to be counted, which it is not where a sanitizer has its own.
@Suite(.enabled(if: allocations_can_be_counted() != 0)) struct AllocationTests {
  /// Allocations from one batch to the next.
  static func allocations(
    _ layers: [String], optimizer: String, shape: Shape, threads: Int, examples: Examples? = nil
  ) throws -> [Int] {
    var scene = try Scene(layers + ["dense 3 softmax"], optimizer: optimizer, count: 60, shape: shape)
    let counts = UnsafeMutablePointer<Int>.allocate(capacity: 64)
    defer { counts.deallocate() }
    var batches = 0
    let watch = Training.TrainingObserver(now: { 0 }, progress: { _ in
      counts[batches] = allocations_counted()
      batches += 1
    })
    allocations_count(1)
    defer { allocations_count(0) }
    _ = try Training(epochs: 2, batch: 8).run(
      &scene.network, &scene.trainer, on: examples ?? scene.examples, random: &scene.random,
      threads: Threads(count: threads), watch: watch)
    // Of eight batches an epoch the first makes a checkpoint, and the last is scored.
    return (1..<16).filter { $0 % 8 != 0 && $0 % 8 != 7 }.map { counts[$0] - counts[$0 - 1] }
  }

  @Test(arguments: [
    ["dense 40 relu", "dropout 0.2", "dense 40 tanh l2=0.01"], ["batchnorm", "flatten", "dense 33 gelu"],
    ["layernorm", "reshape 12 10 1", "globalmaxpool2d"], ["maxpool2d 2", "avgpool2d 2", "flatten"],
    ["depthwise_conv2d 3", "flatten"],
  ], ["rmsprop", "adam amsgrad=yes", "nadam", "sgd momentum=0.9"])
  func `nothing is allocated from one batch to the next`(layers: [String], optimizer: String) throws {
    let found = try Self.allocations(layers, optimizer: optimizer, shape: [12, 10], threads: 1)
    #expect(found == [Int](repeating: 0, count: found.count))
  }

  /// `withoutActuallyEscaping` puts the closure that other threads are shown into a box of its own.
  @Test func `several threads cost a box a round, and no more`() throws {
    let layers = ["dense 40 relu", "dropout 0.2", "dense 40 tanh l2=0.01"]
    let found = try Self.allocations(layers, optimizer: "rmsprop", shape: [12, 10], threads: 2)
    #expect(found.allSatisfy { $0 == found[0] && $0 <= 12 }, "\(found)")
  }

  @Test func `nor is it on lists`() throws {
    let lists = SparseRows(width: 120, SparseRowsTests.lists(60, width: 120, length: 5))
    let examples = Examples(
      shape: [120], features: .lists(lists), targets: .classes((0..<60).map { $0 % 3 }, count: 3))
    let found = try Self.allocations(
      ["dense 16 relu"], optimizer: "adam", shape: [120], threads: 1, examples: examples)
    #expect(found == [Int](repeating: 0, count: found.count))
  }

  @Test func `allocations are seen`() {
    allocations_count(1)
    defer { allocations_count(0) }
    let numbers = [Int](repeating: 7, count: 1000)
    #expect(numbers.reduce(0, +) == 7000)
    #expect(allocations_counted() > 0)
  }
}
