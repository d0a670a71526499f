/// The update of one tensor of weights, block by block as the blocks of its gradient come.
struct BlockUpdate: Sendable {
  private let update: Update
  private let tensor: Int
  private let penalty: Penalty

  /// - Parameter tensor: its place among the network's.
  init(_ update: Update, tensor: Int) {
    self.update = update
    self.tensor = tensor
    penalty = update.penalty(of: tensor)
  }

  /// Changes a block of the weights by its gradient, which may be changed too; any thread may do so.
  /// - Parameter place: where the block begins in its tensor.
  func take(_ block: Block, at place: Place, gradient: Block) {
    update.change(block, penalty, gradient: gradient)
    update.measure(tensor, block, at: place)
  }
}
