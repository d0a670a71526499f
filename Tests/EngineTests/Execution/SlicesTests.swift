import Testing

@testable import Engine

@Suite struct SlicesTests {
  @Test(arguments: [(1, 1), (7, 7), (8, 8), (100, 8), (128, 16), (255, 16), (256, 32), (512, 64), (10_000, 64)])
  func `a batch has eight pieces, and more where each has eight examples`(batch: Int, count: Int) {
    #expect(Slices(batch: batch, room: 1).count == count)
    #expect(Slices.scratch(1, batch: batch) == 16 * count)
  }

  @Test(arguments: [1, 3, 8, 13, 128, 640], [1, 2, 3, 7])
  func `sums are those of a balanced tree, to the last bit, at any number of threads`(batch: Int, threads: Int) {
    let room = 2000
    let slices = Slices(batch: batch, room: room)
    let scratch = Buffer(count: slices.total)
    var random = Random(seed: 4)
    for i in 0..<slices.total { scratch.floats[i] = random.uniform() - 0.5 }
    func tree(_ leaves: Range<Int>, _ index: Int) -> Float {
      guard leaves.count > 1 else { return scratch.floats[leaves.lowerBound * Workspace.rounded(room) + index] }
      // The left subtree is the largest power of two of leaves.
      var half = 1
      while half * 2 < leaves.count { half *= 2 }
      let middle = leaves.lowerBound + half
      return tree(leaves.lowerBound..<middle, index) + tree(middle..<leaves.upperBound, index)
    }
    let places = [0, 1, 1023, 1024, 1999]
    let expected = places.map { tree(0..<slices.count, $0) }
    slices.addUp(scratch.floats, count: room, Threads(count: threads))
    #expect(places.map { scratch.floats[$0] } == expected)
  }

  @Test func `a sum in a tree is that of its halves`() {
    let numbers = (0..<1000).map { 1 / Double($0 + 1) }
    let sum = treeSum(0..<1000) { numbers[$0] }
    #expect(sum == treeSum(0..<500) { numbers[$0] } + treeSum(500..<1000) { numbers[$0] })
    #expect(abs(sum - numbers.reduce(0, +)) < 1e-12)
    #expect(treeSum(0..<0) { _ in 1 } == 0)
  }
}
