import Engine

/// A module of PyTorch's `Sequential`: what makes it, and its tensors.
struct TorchModule {
  /// The expression that makes it: `nn.Linear(784, 512)`.
  let python: String
  /// The tensors that it keeps, in PyTorch's layout.
  var tensors: [TorchTensor] = []
  /// The layer of ours that it is a part of; nil for what only shapes the data.
  var layer: Int?

  init(_ python: String, _ tensors: [TorchTensor] = []) { (self.python, self.tensors) = (python, tensors) }
}

/// A tensor of a module, and where its numbers come from.
struct TorchTensor {
  enum Numbers {
    /// A tensor of ours, seen with these extents and its axes put in another order.
    case turned(WeightSlot, view: [Int], axes: [Int])
    /// The same number everywhere, for what we leave out and PyTorch does not.
    case constant(Float)
  }

  /// `weight`, `bias`, `running_mean`.
  let name: String
  let shape: [Int]
  let numbers: Numbers

  /// Its shape here where PyTorch counts inputs and outputs otherwise: it does not where there is one axis, and takes
  /// a depthwise kernel for one of a single channel. Nil where it counts as we do.
  var shapeOfOtherFans: Shape? {
    guard case .turned(let slot, _, _) = numbers else { return nil }
    let own = Fans(slot.weight.shape)
    guard shape.count > 1 else { return slot.weight.shape }
    let area = shape.dropFirst(2).reduce(1, *)
    return own.in == Double(shape[1] * area) && own.out == Double(shape[0] * area) ? nil : slot.weight.shape
  }

  /// The numbers in PyTorch's layout.
  func values(_ network: Network) -> [Float] {
    switch numbers {
    case .constant(let value): [Float](repeating: value, count: Shape(shape).count)
    case .turned(let slot, let view, let axes): Transposition(view, axes).apply(network[slot])
    }
  }

  /// Numbers in PyTorch's layout as ours.
  func restore(_ values: [Float], into network: inout Network) {
    guard case .turned(let slot, let view, let axes) = numbers else { return }
    network[slot] = Transposition(view, axes).invert(values)
  }
}
