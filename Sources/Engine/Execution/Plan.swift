/// How many floats every part of a propagation takes; the arithmetic before the allocation.
struct Plan {
  struct Stage {
    let width: Int
    let kept: Int
    /// The layer gives its input itself: nothing is computed, nor copied.
    let sharesInput: Bool
    /// The activation writes beside its input instead of over it.
    let keepsRaw: Bool
    let appliesActivation: Bool
  }

  let stages: [Stage]
  /// The network's input, as numbers or as lists.
  let input: Int
  /// One of the two slopes that change places from layer to layer.
  let outputGradient: Int
  /// What the layer that wants most scratch memory wants; one layer uses it after the other.
  let scratch: Int
  /// All floats; nil when they do not fit into an `Int`.
  let total: Int?

  /// - Parameter isSparse: whether the examples are lists of what is not 0.
  init(_ network: Network, capacity: Int, isTraining: Bool, isSparse: Bool = false) {
    let network = network.fused
    var stages: [Stage] = []
    let reader = network.listReader(isSparse: isSparse)
    let input = Plan.input(network, reader, capacity: capacity)
    self.input = input ?? 0
    var floats = input
    var scratch = 0
    for (index, layer) in network.layers.enumerated() {
      let isLast = index == network.layers.count - 1
      let (activation, hasActivation) = (type(of: layer.activation), !layer.activation.isIdentity)
      let keepsRaw = hasActivation && (layer.isView || isLast || activation.needsInput)
      let stage = Stage(
        width: network.shapes[index + 1].count, kept: isTraining ? layer.kept(for: network.shapes[index]) : 0,
        sharesInput: layer.isView, keepsRaw: keepsRaw,
        appliesActivation: layer.appliesActivation && hasActivation && !keepsRaw && activation.isElementwise)
      let copies = (stage.sharesInput ? 0 : 1) + (stage.keepsRaw ? 1 : 0)
      for _ in 0..<copies { floats = Plan.add(floats, Plan.part(stage.width, times: capacity)) }
      floats = Plan.add(floats, Plan.part(stage.kept, times: capacity))
      stages.append(stage)
      var room = layer.scratch(for: network.shapes[index], batch: capacity, isTraining: isTraining)
      if index == reader, let own = room {
        room = SparseColumns.scratch(rows: capacity, units: stage.width).map { max(own, $0) }
      }
      if room == nil { floats = nil }
      scratch = max(scratch, room ?? 0)
    }
    self.scratch = scratch
    // No gradient goes back before the first layer that learns.
    let learner = network.tensors.first?.layer ?? network.layers.count - 1
    let widest = Plan.part(
      network.shapes.dropFirst(learner + 1).map(\.count).max() ?? 0, times: isTraining ? capacity : 0)
    self.stages = stages
    outputGradient = widest ?? 0
    let outputGradients = Plan.add(widest, widest)
    total = Plan.add(Plan.add(floats, outputGradients), isTraining ? network.values.count : 0)
      .adding(scratch).adding(16 * (3 * stages.count + 5))
  }

  /// Enough for numbers and, where a layer takes them, for lists.
  private static func input(_ network: Network, _ reader: Int?, capacity: Int) -> Int? {
    let width = network.shapes[0].count
    guard reader != nil else { return part(width, times: capacity) }
    return SparseColumns.floats(rows: capacity, width: width)
  }

  private static func part(_ width: Int, times capacity: Int) -> Int? { Int?(width).times(capacity) }

  private static func add(_ a: Int?, _ b: Int?) -> Int? { b.flatMap { a.adding($0) } }
}

extension Network {
  /// Bytes for the numbers of the network and of one batch: in training also what is kept for the way back, the
  /// gradients, and `slots` numbers of the optimizer for each weight; nil when they do not fit into an `Int`.
  public func memory(batch: Int, isTraining: Bool, slots: Int = 0) -> Int? {
    let weights = Int?(values.count).times(isTraining ? 1 + slots : 1)
    let batch = Plan(self, capacity: batch, isTraining: isTraining).total
    return batch.flatMap { weights.adding($0) }.times(MemoryLayout<Float>.stride)
  }
}

extension Network {
  /// The first layer that does anything, if it takes lists for its input.
  /// - Parameter isSparse: whether the examples are lists already, so that none have to be made.
  func listReader(isSparse: Bool) -> Int? {
    guard let first = layers.indices.first(where: { !layers[$0].isView || !layers[$0].activation.isIdentity }),
      !layers[first].isView, layers[first].takesLists(of: shapes[first], isSparse: isSparse)
    else { return nil }
    return first
  }
}
