/// A batch in pieces that are cut by its length alone, each with scratch memory of its own, so that sums over a batch
/// are the same at any number of threads.
struct Slices: Sendable {
  /// Pieces at most, a few a thread; each costs a sum of its own for every weight.
  private static let maximum = 8

  let batch: Int
  /// Floats of scratch memory a piece.
  let room: Int

  /// Floats for all pieces; nil when they do not fit into an `Int`.
  static func scratch(_ room: Int?, batch: Int) -> Int? {
    room.adding(15).map { $0 / 16 * 16 }.times(min(batch, maximum))
  }

  var count: Int { min(batch, Slices.maximum) }

  /// Runs `body` for each piece with its examples and its memory.
  func run(_ scratch: FloatSpan, _ threads: Threads, _ body: @Sendable (Range<Int>, FloatSpan) -> Void) {
    threads.run(count) { piece in
      body(batch * piece / count..<batch * (piece + 1) / count, memory(of: piece, scratch))
    }
  }

  /// Floats that all pieces take, from the start of the memory.
  var total: Int { Workspace.rounded(room) * count }

  /// Adds up what every piece has left at `start` of its memory, piece by piece, into `sum`.
  func add(_ scratch: FloatSpan, from start: Int, into sum: FloatSpan, _ threads: Threads) {
    threads.split(sum.count, into: Slices.maximum) { range in
      sum.part(range.lowerBound, count: range.count).fill(0)
      for piece in 0..<count {
        let partial = memory(of: piece, scratch).base + start
        for i in range { sum[i] += partial[i] }
      }
    }
  }

  /// Adds to the first `count` numbers of the first piece's memory those of the others, piece by piece.
  func addUp(_ scratch: FloatSpan, count: Int, _ threads: Threads) {
    threads.split(count, into: Slices.maximum) { range in
      let sum = memory(of: 0, scratch).base
      for piece in 1..<max(1, self.count) {
        let partial = memory(of: piece, scratch).base
        for i in range { sum[i] += partial[i] }
      }
    }
  }

  /// The memory of one piece.
  func memory(of piece: Int, _ scratch: FloatSpan) -> FloatSpan {
    scratch.part(Workspace.rounded(room) * piece, count: room)
  }
}
