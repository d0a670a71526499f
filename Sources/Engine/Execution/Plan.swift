import Grammar

/// The memory of a network's batches: every operation says what it needs while it is made, what that comes to is held
/// against what there is, and only then is anything allocated.
public struct Plan {
  /// In what form examples come.
  enum Input: Equatable, Sendable {
    case numbers
    /// As lists of what is not 0: made of mostly zeros, or there already.
    case lists(areThere: Bool)

    /// The form in which these examples are best taken.
    init(_ examples: Examples) {
      self = SparseColumns.pays(examples) ? .lists(areThere: examples.features.isSparse) : .numbers
    }
  }

  /// One layer, and how many floats it takes.
  struct Stage {
    let operation: any Operation
    let width: Int
    /// For the whole batch, from its forward to its backward pass.
    let saved: Int
    /// The layer gives its input itself: nothing is computed, nor copied.
    let sharesInput: Bool
    /// The activation writes beside its input instead of over it.
    let keepsRaw: Bool
    let appliesActivation: Bool
  }

  /// The largest batch.
  public let batch: Int
  public let isTraining: Bool
  private(set) var stages: [Stage] = []
  /// The layer that reads the network's input as lists.
  private(set) var listReader: Int?
  /// The network's input, as numbers or as lists.
  private(set) var input: Int = 0
  /// One of the two gradients that change places from layer to layer.
  private(set) var outputGradient: Int = 0
  /// What the operation that wants most scratch memory wants; one uses it after the other.
  private(set) var scratch: Int? = 0
  /// What the operation that is being made wants kept.
  private(set) var saved: Int? = 0
  /// All floats; nil when they do not fit into an `Int`.
  private(set) var total: Int? = 0
  /// Lists that the operation being made may take for its input.
  private var offer = Input.numbers

  /// An empty plan, for one operation.
  init(batch: Int, isTraining: Bool) {
    self.batch = batch
    self.isTraining = isTraining
  }

  init(_ network: Network, batch: Int, isTraining: Bool, input form: Input = .numbers) {
    self.init(batch: batch, isTraining: isTraining)
    let network = network.fused
    for index in network.layers.indices { add(index, of: network, form) }
    let first = network.shapes[0].count
    input = count(listReader == nil ? floats(first) : SparseColumns.floats(rows: batch, width: first))
    // No gradient goes back before the first layer that learns.
    let learner = network.tensors.first?.layer ?? network.layers.count - 1
    let widest = network.shapes.dropFirst(learner + 1).map(\.count).max() ?? 0
    outputGradient = isTraining ? count(floats(widest)) : 0
    _ = isTraining ? count(floats(widest)) : 0
    _ = count(isTraining ? network.values.count : 0)
    _ = count(scratch)
    total = total.adding(16 * (3 * stages.count + 5))
  }

  /// Asks for floats that stay as they are from the forward to the backward pass, in training; nil stands for too many.
  public mutating func keep(_ floats: Int?) {
    saved = isTraining ? floats.flatMap { saved.adding($0) } : saved
  }

  /// Asks for floats for each of the batch's examples that stay as they are until the backward pass.
  public mutating func keep(each floats: Int?) { keep(floats.times(batch)) }

  /// Asks for floats that a pass writes on and forgets.
  public mutating func borrow(_ floats: Int?) {
    scratch = floats.flatMap { floats in scratch.map { max($0, floats) } }
  }

  /// Whether the operation being made shall read its input as lists, in a product with so many columns.
  mutating func takesLists(of input: Shape, units: Int) -> Bool {
    guard case .lists(let areThere) = offer, areThere || SparseColumns.canPay(width: input.count, units: units)
    else { return false }
    offer = .numbers
    return true
  }

  private mutating func add(_ index: Int, of network: Network, _ form: Input) {
    let layer = network.layers[index]
    // Lists go to the first layer that does anything, if it takes them.
    let isFirst = network.layers[..<index].allSatisfy { $0.isView && $0.activation.isIdentity }
    (offer, saved) = (isFirst && !layer.isView ? form : .numbers, 0)
    let offered = offer
    let operation = layer.operation(for: network.shapes[index], in: &self)
    if offered != offer { listReader = index }
    let isLast = index == network.layers.count - 1
    let (activation, hasActivation) = (type(of: layer.activation), !layer.activation.isIdentity)
    let keepsRaw = hasActivation && (layer.isView || isLast || activation.needsInput)
    let width = network.shapes[index + 1].count
    for _ in 0..<(layer.isView ? 0 : 1) + (keepsRaw ? 1 : 0) { _ = count(floats(width)) }
    stages.append(
      Stage(
        operation: operation, width: width, saved: count(saved), sharesInput: layer.isView, keepsRaw: keepsRaw,
        appliesActivation: operation.appliesActivation && hasActivation && !keepsRaw && activation.isElementwise))
  }

  /// Floats for so many numbers of each example.
  private func floats(_ width: Int) -> Int? { Int?(width).times(batch) }

  /// Adds floats to the total.
  private mutating func count(_ floats: Int?) -> Int {
    total = floats.flatMap { total.adding($0) }
    return floats ?? 0
  }
}

extension Network {
  /// Bytes for the numbers of the network and of one batch: in training also what is kept for the way back, the
  /// gradients, and `slots` numbers of the optimizer for each weight; nil when they do not fit into an `Int`.
  public func memory(batch: Int, isTraining: Bool, slots: Int = 0) -> Int? {
    let weights = Int?(values.count).times(isTraining ? 1 + slots : 1)
    let batch = Plan(self, batch: batch, isTraining: isTraining).total
    return batch.flatMap { weights.adding($0) }.times(MemoryLayout<Float>.stride)
  }
}
