/// Where the gradients of one layer's weights go: into a buffer, or straight into the optimizer's update.
///
/// An operation writes whole gradients into `buffers`. One that makes them block by block asks for `blocks`, and hands
/// them over where there is who takes them: a gradient that is used at once never goes through memory.
public final class GradientSink: @unchecked Sendable {
  /// ∂L/∂weights, one after the other, in the layer's order.
  public let buffers: [FloatSpan]
  /// The places of the layer's tensors among the network's.
  private let tensors: [Int]
  /// Changes the weights; nil where all gradients shall be in the buffers at the end.
  private var update: Update?
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

  /// Takes the gradient of tensor `index` block by block, each block of the weights once, when nothing needs it any more
  /// in this pass; nil where the gradient is wanted as a whole.
  func blocks(of index: Int) -> BlockUpdate? {
    guard let update else { return nil }
    handedOver = index
    return BlockUpdate(update, tensor: tensors[index])
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
