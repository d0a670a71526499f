/// Where the gradients of one layer's weights go: into a buffer, or straight into the optimizer's update.
///
/// An operation writes whole gradients into `buffers`. One that makes them block by block asks `takesBlocks`, and hands
/// the blocks over where it is told to: a gradient that is used at once never goes through memory.
public final class GradientSink: @unchecked Sendable {
  /// ∂L/∂weights, one after the other, in the layer's order.
  public let buffers: [FloatSpan]
  /// The places of the layer's tensors among the network's.
  private let tensors: [Int]
  /// Changes the weights; nil where all gradients shall be in the buffers at the end.
  private var update: Update?
  private var penalty = Penalty.none
  /// The tensor whose blocks were handed over in this pass.
  private var handedOver: Int?

  /// - Parameter tensors: none where there is never an update.
  init(_ buffers: [FloatSpan], tensors: [Int] = []) {
    self.buffers = buffers
    self.tensors = tensors
  }

  /// Begins a backward pass.
  func begin(_ update: Update?) {
    self.update = update
    handedOver = nil
  }

  /// Whether the gradient of tensor `index` is wanted block by block. Each block of the weights is handed over once
  /// then, when nothing needs it any more in this pass.
  func takesBlocks(of index: Int) -> Bool {
    guard let update else { return false }
    handedOver = index
    penalty = update.penalty(of: tensors[index])
    return true
  }

  /// Changes a block of the weights by its gradient, which may be changed too; any thread may do so.
  /// - Parameter place: where the block begins in its tensor.
  func take(_ block: Block, at place: Place, gradient: Block) {
    guard let handedOver else { return }
    update?.change(block, penalty, gradient: gradient)
    update?.measure(tensors[handedOver], block, at: place)
  }

  /// Changes the weights whose gradients are in the buffers.
  func finish(threads: Threads) {
    guard let update else { return }
    for (index, tensor) in tensors.enumerated() where index != handedOver {
      update.change(tensor, gradient: buffers[index], threads: threads)
    }
    self.update = nil
  }
}
