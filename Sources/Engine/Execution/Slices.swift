/// A batch in pieces that are cut by its length alone, each with scratch memory of its own, so that sums over a batch
/// are the same at any number of threads.
///
/// The pieces are the leaves of a balanced binary tree in which their sums are added, so that threads, and one day
/// machines, can each own a subtree.
struct Slices: Sendable {
  /// Examples that a piece has before there are more pieces: each costs a sum of its own for every weight.
  private static let examples = 8
  private static let (fewest, most) = (8, 64)

  let batch: Int
  /// Floats of scratch memory a piece.
  let room: Int

  /// Floats for all pieces; nil when they do not fit into an `Int`.
  static func scratch(_ room: Int?, batch: Int) -> Int? {
    room.adding(15).map { $0 / 16 * 16 }.times(count(batch))
  }

  /// Eight pieces; twice as many as long as each has eight examples still.
  static func count(_ batch: Int) -> Int {
    var count = fewest
    while count < most, batch >= 2 * count * examples { count *= 2 }
    return min(batch, count)
  }

  var count: Int { Slices.count(batch) }

  /// Runs `body` for each piece with its examples and its memory.
  func run(_ scratch: FloatSpan, _ threads: Threads, _ body: @Sendable (Range<Int>, FloatSpan) -> Void) {
    let count = self.count
    threads.run(count) { piece in
      body(batch * piece / count..<batch * (piece + 1) / count, memory(of: piece, scratch))
    }
  }

  /// Floats that all pieces take, from the start of the memory.
  var total: Int { Workspace.rounded(room) * count }

  /// Adds to the first `count` numbers of the first piece's memory those of the others: neighbours first, then
  /// neighbouring pairs, and so on. What the others have is lost.
  func addUp(_ scratch: FloatSpan, count: Int, _ threads: Threads) {
    let (leaves, distance) = (self.count, Workspace.rounded(room))
    threads.split(count, into: Slices.most) { range in
      for start in stride(from: range.lowerBound, to: range.upperBound, by: Slices.block) {
        let (first, length) = (scratch.base + start, min(Slices.block, range.upperBound - start))
        var step = 1
        while step < leaves {
          for leaf in stride(from: 0, to: leaves - step, by: 2 * step) {
            kernels.add(first + (leaf + step) * distance, first + leaf * distance, length)
          }
          step *= 2
        }
      }
    }
  }

  /// Numbers that are added through the whole tree at a time: those of all leaves stay in the second cache.
  private static let block = 1024

  /// The memory of one piece.
  func memory(of piece: Int, _ scratch: FloatSpan) -> FloatSpan {
    scratch.part(Workspace.rounded(room) * piece, count: room)
  }
}

/// A sum in a balanced binary tree, so that it does not depend on who adds which part of it.
/// - Parameter value: the numbers to be added, by their places.
func treeSum(_ range: Range<Int>, _ value: (Int) -> Double) -> Double {
  guard range.count > 8 else { return range.reduce(0) { $0 + value($1) } }
  let middle = (range.lowerBound + range.upperBound) / 2
  return treeSum(range.lowerBound..<middle, value) + treeSum(middle..<range.upperBound, value)
}
