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

  /// Changes the part of a matrix that a block of its gradient is of; the gradient may be changed too, and any thread
  /// may do so.
  /// - Parameters:
  ///   - place: where the block begins in its matrix.
  ///   - weights: the matrix, in panels.
  func take(_ gradient: Block, at place: Place, of weights: FloatSpan, _ panels: Panels) {
    let block = panels.block(at: place, rows: gradient.rows, columns: gradient.columns, of: weights)
    update.change(block, penalty, gradient: gradient)
    update.measure(tensor, block, at: place)
  }
}
