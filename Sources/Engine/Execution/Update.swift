import CKernels

/// One update of a network's weights, block by block as their gradients come: the one place where weights change.
///
/// Gradients get their penalty, are clipped, then weights decay, then the optimizer changes them; after Keras 3.15
/// `Optimizer.apply`.
struct Update: @unchecked Sendable {
  private let optimizer: any Optimizer
  private let step: Step
  private let constants: StepConstants
  private let limits: GradientLimits
  private let decay: Double
  private let tensors: [WeightSlot]
  private let weights: FloatSpan
  private let slots: FloatSpan
  /// What the changed weights add to the loss; nil where nobody asks.
  private let penalties: PenaltySums?

  /// - Parameters:
  ///   - weights: all numbers of the network, which the update changes.
  ///   - slots: what the optimizer remembers of them, slot after slot.
  init(
    _ optimizer: any Optimizer, _ step: Step, _ limits: GradientLimits, _ tensors: [WeightSlot], weights: FloatSpan,
    slots: FloatSpan, penalties: PenaltySums? = nil
  ) {
    self.optimizer = optimizer
    self.step = step
    constants = optimizer.constants(at: step)
    self.limits = limits
    decay = limits.weightDecay ?? type(of: optimizer).defaultWeightDecay
    self.tensors = tensors
    self.weights = weights
    self.slots = slots
    self.penalties = penalties
  }

  /// Whether lengths of whole gradients have to be known before anything is changed.
  var wantsWholeTensors: Bool { limits.needsNorms }

  func penalty(of tensor: Int) -> Penalty { tensors[tensor].weight.penalty }

  /// Notes what a changed block of a tensor adds to the loss from now on.
  func measure(_ tensor: Int, _ block: Block, at place: Place) { penalties?.measure(tensor, block, at: place) }

  /// Changes a block of a tensor with the given penalty; its gradient may be changed too.
  func change(_ block: Block, _ penalty: Penalty, gradient: Block) {
    if penalty != .none { penalty.addGradient(block, to: gradient) }
    change(block, gradient: gradient, factor: nil)
  }

  /// Changes a whole tensor, if it is trained at all, in pieces cut by its count alone.
  func change(_ tensor: Int, gradient: FloatSpan, threads: Threads) {
    let weight = tensors[tensor].weight
    guard weight.isTrainable else { return }
    let (penalty, offset) = (weight.penalty, tensors[tensor].offset)
    forEachPiece(of: tensor, threads) { range in
      let block = Block(weights.part(range.lowerBound, count: range.count))
      change(block, penalty, gradient: Block(gradient.part(range.lowerBound - offset, count: range.count)))
      penalties?.measure(tensor, block, piece: (range.lowerBound - offset) / Update.piece)
    }
  }

  /// Changes all tensors after their gradients are clipped to the lengths that they may have.
  /// - Parameter gradients: at the same places as the weights.
  func changeAll(_ gradients: FloatSpan, threads: Threads) {
    for tensor in tensors.indices where penalty(of: tensor) != .none {
      forEachPiece(of: tensor, threads) { range in
        penalty(of: tensor).addGradient(
          Block(weights.part(range.lowerBound, count: range.count)),
          to: Block(gradients.part(range.lowerBound, count: range.count)))
      }
    }
    let factors = limits.factors(tensors.indices.map { squares(of: gradients, tensor: $0, threads: threads) })
    for tensor in tensors.indices where tensors[tensor].weight.isTrainable {
      forEachPiece(of: tensor, threads) { range in
        let block = Block(weights.part(range.lowerBound, count: range.count))
        change(
          block, gradient: Block(gradients.part(range.lowerBound, count: range.count)), factor: factors[tensor])
        penalties?.measure(tensor, block, piece: (range.lowerBound - tensors[tensor].offset) / Update.piece)
      }
    }
  }

  private func change(_ block: Block, gradient: Block, factor: Float?) {
    if factor != nil || limits.clipValue != nil || decay > 0 {
      kernels.limit(
        block.base, gradient.base, block.shape(gradient: gradient), factor ?? 1, Float(limits.clipValue ?? .infinity),
        Float(decay), Float(step.learningRate))
    }
    let place = block.base - weights.base
    let first = Block(slots.base + place, rows: block.rows, columns: block.columns, stride: block.stride)
    optimizer.update(block, gradient: gradient, slots: Slots(first, distance: weights.count), constants)
  }

  /// The sum of the squares of one tensor's gradient, 0 where it is not trained; pieces are added in a tree.
  func squares(of gradients: FloatSpan, tensor: Int, threads: Threads) -> Double {
    guard tensors[tensor].weight.isTrainable else { return 0 }
    var sums = [Double](repeating: 0, count: pieces(of: tensor))
    sums.withUnsafeMutableBufferPointer { sums in
      // Every piece of work writes its own sum only.
      nonisolated(unsafe) let sums = sums
      forEachPiece(of: tensor, threads) { range in
        var sum = 0.0
        for i in range { sum += Double(gradients[i]) * Double(gradients[i]) }
        sums[(range.lowerBound - tensors[tensor].offset) / Update.piece] = sum
      }
    }
    return treeSum(0..<sums.count) { sums[$0] }
  }

  /// Numbers that one piece of work has at most: three arrays of them stay in the processor's second cache.
  static let piece = 32_768

  private func pieces(of tensor: Int) -> Int { (tensors[tensor].count + Update.piece - 1) / Update.piece }

  private func forEachPiece(of tensor: Int, _ threads: Threads, _ body: @Sendable (Range<Int>) -> Void) {
    let range = tensors[tensor].range
    threads.run(pieces(of: tensor)) { piece in
      let start = range.lowerBound + piece * Update.piece
      body(start..<min(start + Update.piece, range.upperBound))
    }
  }
}
