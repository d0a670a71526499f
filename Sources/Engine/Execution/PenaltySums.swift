import CKernels

/// What a network's weights add to the loss, summed block by block where an update has just changed them, while they
/// are in the cache.
///
/// Every block has a place of its own by where it begins, and the places are added in a tree: the sum is the same at
/// any number of threads.
final class PenaltySums: @unchecked Sendable {
  /// The least rows and columns of a matrix that one block has, unless it is the last.
  private static let (rows, columns) = (32, 64)

  private let penalties: [Penalty]
  /// Where the places of each tensor begin, and where the last ones end; none for tensors without a penalty.
  private let starts: [Int]
  /// Places from one row of blocks to the next.
  private let strides: [Int]
  private let sums: UnsafeMutablePointer<Double>

  /// nil where no weight has a penalty.
  init?(_ network: Network) {
    guard network.tensors.contains(where: { $0.weight.penalty != .none }) else { return nil }
    penalties = network.tensors.map(\.weight.penalty)
    var (starts, strides) = ([0], [Int]())
    for tensor in network.tensors {
      let shape = tensor.weight.shape
      let across = shape.last / PenaltySums.columns + 1
      let down = (shape.rank > 1 ? shape[0] : 1) / PenaltySums.rows + 1
      let places = tensor.weight.penalty == .none ? 0 : max(down * across, tensor.count / Update.piece + 1)
      strides.append(across)
      starts.append(starts[starts.count - 1] + places)
    }
    (self.starts, self.strides) = (starts, strides)
    sums = .allocate(capacity: starts[starts.count - 1])
    sums.initialize(repeating: 0, count: starts[starts.count - 1])
  }

  deinit { sums.deallocate() }

  /// Forgets everything, before an update.
  func clear() { sums.update(repeating: 0, count: starts[starts.count - 1]) }

  /// Takes in a block of a matrix.
  func measure(_ tensor: Int, _ block: Block, at place: Place) {
    let row = place.row / PenaltySums.rows
    measure(tensor, block, piece: row * strides[tensor] + place.column / PenaltySums.columns)
  }

  /// Takes in the block that is number `piece` of its tensor.
  func measure(_ tensor: Int, _ block: Block, piece: Int) {
    let penalty = penalties[tensor]
    guard penalty != .none else { return }
    var sum = 0.0
    for row in 0..<block.rows { sum += penalty.value(block.row(row)) }
    sums[starts[tensor] + piece] = sum
  }

  /// The sum of everything that was taken in since `clear`.
  var value: Double { treeSum(0..<starts[starts.count - 1]) { sums[$0] } }
}
