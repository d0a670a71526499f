import Grammar

/// Carries batches forwards and backwards through a network, in memory that is allocated once.
final class Propagation {
  /// One layer with its places in memory.
  private struct Stage {
    let layer: any Layer
    let inputShape: Shape
    let outputShape: Shape
    let tensors: [Range<Int>]
    /// Whether a layer before it learns, and so wants the gradient of its input.
    let passesGradientOn: Bool
    let input: Floats
    /// Before the activation.
    let raw: Floats
    let output: Floats
    let kept: Floats

    var width: Int { outputShape.count }
    /// The layer gives its input itself: there is nothing but the activation.
    var isIdentity: Bool { raw.base == input.base }
  }

  private let capacity: Int
  private let stages: [Stage]
  private let total: Int
  private let isTraining: Bool
  private let threads: Threads
  private let workspace: Workspace
  private let input: Floats
  private let gradients: Floats
  private let slopes: (Floats, Floats)
  private let scratch: Floats

  /// - Parameters:
  ///   - capacity: rows of the largest batch.
  ///   - isTraining: whether there will be backward passes.
  /// - Throws: `Refusal` when the memory does not suffice.
  init(_ network: Network, capacity: Int, isTraining: Bool, threads: Threads) throws(Refusal) {
    try Products.prepare()
    let sizes = Sizes(network, capacity: capacity, isTraining: isTraining)
    try Machine.require(
      sizes.total.times(MemoryLayout<Float>.stride), for: "a batch of \(capacity) examples",
      hint: isTraining ? "fit 1 32" : "remove")
    let workspace = Workspace(capacity: sizes.total ?? 0)
    self.workspace = workspace
    self.capacity = capacity
    self.isTraining = isTraining
    self.threads = threads
    total = network.values.count
    input = workspace.take(capacity * network.shapes[0].count)
    var stages: [Stage] = []
    for index in network.layers.indices {
      let place = sizes.stages[index]
      let before = stages.last?.output ?? input
      let raw = place.sharesInput ? before : workspace.take(capacity * place.width)
      stages.append(
        Stage(
          layer: network.layers[index], inputShape: network.shapes[index], outputShape: network.shapes[index + 1],
          tensors: network.tensors.filter { $0.layer == index }.map(\.range),
          passesGradientOn: network.tensors.contains { $0.layer < index }, input: before, raw: raw,
          output: place.keepsRaw ? workspace.take(capacity * place.width) : raw,
          kept: workspace.take(capacity * place.kept)))
    }
    self.stages = stages
    gradients = workspace.take(isTraining ? total : 0)
    slopes = (workspace.take(sizes.slope), workspace.take(sizes.slope))
    scratch = workspace.take(sizes.scratch)
  }

  /// Where `rows` examples go before `forward`.
  func input(rows: Int) -> Floats { input.part(0, count: rows * (input.count / capacity)) }

  /// The last layer's output after its activation, `[rows, width]`.
  func output(rows: Int) -> Floats { stages.last.map { $0.output.part(0, count: rows * $0.width) } ?? input(rows: rows) }

  /// The last layer's output before its activation, `[rows, width]`.
  func logits(rows: Int) -> Floats { stages.last.map { $0.raw.part(0, count: rows * $0.width) } ?? input(rows: rows) }

  /// Where the slope of the loss goes before `backward`: at the last output or, `atLogits`, before its activation.
  func slope(rows: Int) -> Floats { slopes.0.part(0, count: rows * (stages.last?.width ?? 0)) }

  /// The gradients of all of the network's numbers, at the same places; rewritten by every `backward`.
  var weightGradients: Floats { gradients }

  /// `[rows, data] → [rows, output]`
  /// - Parameter seed: fixes the random choices of layers that have some in training.
  func forward(_ network: inout Network, rows: Int, seed: UInt64) {
    network.values.withUnsafeMutableBufferPointer { values in
      for (index, stage) in stages.enumerated() {
        let raw = stage.raw.part(0, count: rows * stage.width)
        if !stage.isIdentity {
          stage.layer.forward(
            ForwardPass(
              batch: rows, inputShape: stage.inputShape, input: stage.input.part(0, count: rows * stage.inputShape.count),
              output: raw, weights: stage.tensors.map { Floats(values, $0) }, kept: stage.kept,
              scratch: scratch, isTraining: isTraining, seed: Random.number(index, seed: seed), threads: threads))
        }
        activate(stage, rows: rows)
      }
    }
  }

  private func activate(_ stage: Stage, rows: Int) {
    guard !stage.layer.activation.isIdentity else { return }
    threads.split(rows, into: 16) { range in
      let (start, count) = (range.lowerBound * stage.width, range.count * stage.width)
      stage.layer.activation.forward(
        stage.raw.part(start, count: count), into: stage.output.part(start, count: count), width: stage.outputShape.last)
    }
  }

  /// Turns the slope at the output into the gradients of all weights.
  /// - Parameter atLogits: whether the slope stands before the last activation.
  func backward(_ network: inout Network, rows: Int, atLogits: Bool) {
    var (slope, spare) = slopes
    network.values.withUnsafeMutableBufferPointer { values in
      for (index, stage) in stages.enumerated().reversed() {
        if index < stages.count - 1 || !atLogits { deactivate(stage, slope, rows: rows) }
        if stage.isIdentity { continue }
        let inputGradient = stage.passesGradientOn ? spare.part(0, count: rows * stage.inputShape.count) : nil
        stage.layer.backward(
          BackwardPass(
            batch: rows, inputShape: stage.inputShape,
            input: stage.input.part(0, count: rows * stage.inputShape.count),
            outputGradient: slope.part(0, count: rows * stage.width), inputGradient: inputGradient,
            weights: stage.tensors.map { Floats(values, $0) },
            gradients: stage.tensors.map { gradients.part($0.lowerBound, count: $0.count) }, kept: stage.kept,
            scratch: scratch, threads: threads))
        if !stage.passesGradientOn { return }
        swap(&slope, &spare)
      }
    }
  }

  private func deactivate(_ stage: Stage, _ slope: Floats, rows: Int) {
    guard !stage.layer.activation.isIdentity else { return }
    threads.split(rows, into: 16) { range in
      let (start, count) = (range.lowerBound * stage.width, range.count * stage.width)
      stage.layer.activation.backward(
        slope.part(start, count: count), x: stage.raw.part(start, count: count),
        y: stage.output.part(start, count: count), width: stage.outputShape.last)
    }
  }
}

/// How many floats every part of a propagation takes; the arithmetic before the allocation.
private struct Sizes {
  struct Stage {
    let width: Int
    let kept: Int
    /// The layer gives its input itself: nothing is computed, nor copied.
    let sharesInput: Bool
    /// The activation writes beside its input instead of over it.
    let keepsRaw: Bool
  }

  let stages: [Stage]
  /// One of the two slopes that change places from layer to layer.
  let slope: Int
  /// What the layer that wants most scratch memory wants; one layer uses it after the other.
  let scratch: Int
  /// All floats; nil when they do not fit into an `Int`.
  let total: Int?

  init(_ network: Network, capacity: Int, isTraining: Bool) {
    var stages: [Stage] = []
    var floats = Sizes.part(network.shapes[0].count, times: capacity)
    var scratch = 0
    for (index, layer) in network.layers.enumerated() {
      let isLast = index == network.layers.count - 1
      let stage = Stage(
        width: network.shapes[index + 1].count, kept: isTraining ? layer.kept(for: network.shapes[index]) : 0,
        sharesInput: layer.passesOn,
        keepsRaw: !layer.activation.isIdentity
          && (layer.passesOn || isLast || type(of: layer.activation).needsInput))
      let copies = (stage.sharesInput ? 0 : 1) + (stage.keepsRaw ? 1 : 0)
      for _ in 0..<copies { floats = Sizes.add(floats, Sizes.part(stage.width, times: capacity)) }
      floats = Sizes.add(floats, Sizes.part(stage.kept, times: capacity))
      stages.append(stage)
      let room = layer.scratch(for: network.shapes[index], batch: capacity, isTraining: isTraining)
      if room == nil { floats = nil }
      scratch = max(scratch, room ?? 0)
    }
    self.scratch = scratch
    let widest = Sizes.part(network.shapes.map(\.count).max() ?? 0, times: isTraining ? capacity : 0)
    self.stages = stages
    slope = widest ?? 0
    total = Sizes.add(Sizes.add(Sizes.add(floats, widest), widest), isTraining ? network.values.count : 0)
      .adding(scratch).adding(16 * (3 * stages.count + 5))
  }

  private static func part(_ width: Int, times capacity: Int) -> Int? { Int?(width).times(capacity) }

  private static func add(_ a: Int?, _ b: Int?) -> Int? { b.flatMap { a.adding($0) } }
}

extension Network {
  /// Bytes for the numbers of the network and of one batch: in training also what is kept for the way back, the
  /// gradients, and `slots` numbers of the optimizer for each weight; nil when they do not fit into an `Int`.
  public func memory(batch: Int, isTraining: Bool, slots: Int = 0) -> Int? {
    let weights = Int?(values.count).times(isTraining ? 1 + slots : 1)
    let batch = Sizes(self, capacity: batch, isTraining: isTraining).total
    return batch.flatMap { weights.adding($0) }.times(MemoryLayout<Float>.stride)
  }
}
