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

/// The order of a tensor's numbers when its axes change places.
struct Transposition {
  private let extents: [Int]
  private let strides: [Int]

  /// - Parameters:
  ///   - view: the extents as the numbers lie, the last running fastest.
  ///   - axes: the axes in their new order.
  init(_ view: [Int], _ axes: [Int]) {
    var lengths = [Int](repeating: 1, count: view.count)
    for axis in view.indices.dropLast().reversed() { lengths[axis] = lengths[axis + 1] * view[axis + 1] }
    (extents, strides) = (axes.map { view[$0] }, axes.map { lengths[$0] })
  }

  func apply(_ values: [Float]) -> [Float] {
    var turned = values
    forEach { turned[$0] = values[$1] }
    return turned
  }

  func invert(_ values: [Float]) -> [Float] {
    var turned = values
    forEach { turned[$1] = values[$0] }
    return turned
  }

  /// Every place in the new order, with the place in the old.
  private func forEach(_ body: (Int, Int) -> Void) {
    var (index, source) = ([Int](repeating: 0, count: extents.count), 0)
    for target in 0..<extents.reduce(1, *) {
      body(target, source)
      for axis in extents.indices.reversed() {
        index[axis] += 1
        source += strides[axis]
        if index[axis] < extents[axis] { break }
        source -= strides[axis] * extents[axis]
        index[axis] = 0
      }
    }
  }
}
