import Grammar

/// Carries batches forwards and backwards through a network, in memory that is allocated once.
final class Executor {
  /// One layer with its places in memory.
  private struct Stage {
    let layer: any Layer
    let inputShape: Shape
    let outputShape: Shape
    /// The places of its tensors among the network's, and of their numbers among all.
    let tensors: [Int]
    let ranges: [Range<Int>]
    let gradients: [FloatSpan]
    /// That of the first tensor, if there is one.
    let kernelPenalty: Penalty?
    /// Whether a layer before it learns, and so wants the gradient of its input.
    let passesGradientOn: Bool
    let input: FloatSpan
    /// Before the activation.
    let raw: FloatSpan
    let output: FloatSpan
    let kept: FloatSpan
    /// Whether the layer applies its activation itself.
    let appliesActivation: Bool
    /// Whether it reads the network's input, which is there as lists.
    let readsLists: Bool

    var width: Int { outputShape.count }
    /// The layer gives its input itself: there is nothing but the activation.
    var isIdentity: Bool { raw.base == input.base }

    func input(rows: Int) -> FloatSpan {
      readsLists ? input.part(0, count: 0) : input.part(0, count: rows * inputShape.count)
    }
  }

  private let capacity: Int
  private let stages: [Stage]
  private let total: Int
  private let isTraining: Bool
  private let threads: Threads
  private let workspace: Workspace
  private let dataShape: Shape
  /// Whether the network's input is there as lists, in the same memory as otherwise its numbers.
  private let listsInput: Bool
  private let input: FloatSpan
  private let gradients: FloatSpan
  /// Views of the weights of every stage, made anew only when the network's numbers have moved.
  private var views: [[FloatSpan]] = []
  private var viewed: UnsafeMutablePointer<Float>?
  private let outputGradients: (FloatSpan, FloatSpan)
  private let scratch: FloatSpan

  /// - Parameters:
  ///   - capacity: rows of the largest batch.
  ///   - isTraining: whether there will be backward passes.
  ///   - isSparse: whether the examples are lists of what is not 0.
  ///   - listsInput: whether so much of the data is 0 that a first layer that takes lists should get them.
  /// - Throws: `Refusal` when the memory does not suffice.
  init(
    _ network: Network, capacity: Int, isTraining: Bool, isSparse: Bool = false, listsInput: Bool = false,
    threads: Threads
  ) throws(Refusal) {
    let network = network.fused
    try Products.prepare(threads: threads.count)
    let sizes = Plan(network, capacity: capacity, isTraining: isTraining, isSparse: isSparse)
    try Machine.require(
      sizes.total.times(MemoryLayout<Float>.stride), for: "a batch of \(capacity) examples",
      hint: isTraining ? "fit 1 32" : "remove")
    let workspace = try Workspace(capacity: sizes.total ?? 0)
    self.workspace = workspace
    self.capacity = capacity
    self.isTraining = isTraining
    self.threads = threads
    total = network.values.count
    dataShape = network.shapes[0]
    let reader = listsInput ? network.listReader(isSparse: isSparse) : nil
    self.listsInput = reader != nil
    input = workspace.take(sizes.input)
    let gradients = workspace.take(isTraining ? total : 0)
    self.gradients = gradients
    var stages: [Stage] = []
    for index in network.layers.indices {
      let place = sizes.stages[index]
      let tensors = network.tensors.indices.filter { network.tensors[$0].layer == index }
      let before = stages.last?.output ?? input
      let raw = place.sharesInput ? before : workspace.take(capacity * place.width)
      stages.append(
        Stage(
          layer: network.layers[index], inputShape: network.shapes[index], outputShape: network.shapes[index + 1],
          tensors: tensors, ranges: tensors.map { network.tensors[$0].range },
          gradients: isTraining
            ? tensors.map { gradients.part(network.tensors[$0].offset, count: network.tensors[$0].count) } : [],
          kernelPenalty: tensors.first.map { network.tensors[$0].weight.penalty },
          passesGradientOn: network.tensors.contains { $0.layer < index }, input: before, raw: raw,
          output: place.keepsRaw ? workspace.take(capacity * place.width) : raw,
          kept: workspace.take(capacity * place.kept), appliesActivation: place.appliesActivation,
          readsLists: index == reader))
    }
    self.stages = stages
    outputGradients = (workspace.take(sizes.outputGradient), workspace.take(sizes.outputGradient))
    scratch = workspace.take(sizes.scratch)
  }

  /// Takes the examples that `forward` will carry.
  /// - Throws: `Refusal` when they cannot be read any more.
  func take(_ examples: Examples, _ indices: ArraySlice<Int>) throws(Refusal) {
    if listsInput {
      lists(rows: indices.count).list(examples, indices, threads: threads)
    } else {
      try examples.features.gather(
        indices, size: dataShape.count, into: input(rows: indices.count), threads: threads)
    }
  }

  private func input(rows: Int) -> FloatSpan { input.part(0, count: rows * dataShape.count) }

  private func lists(rows: Int) -> SparseColumns {
    SparseColumns(rows: rows, width: dataShape.count, memory: input)
  }

  /// The last layer's output after its activation, `[rows, width]`.
  func output(rows: Int) -> FloatSpan {
    stages.last.map { $0.output.part(0, count: rows * $0.width) } ?? input(rows: rows)
  }

  /// The last layer's output before its activation, `[rows, width]`.
  func logits(rows: Int) -> FloatSpan { stages.last.map { $0.raw.part(0, count: rows * $0.width) } ?? input(rows: rows) }

  /// Where the slope of the loss goes before `backward`: at the last output or, `atLogits`, before its activation.
  func outputGradient(rows: Int) -> FloatSpan { outputGradients.0.part(0, count: rows * (stages.last?.width ?? 0)) }

  /// The gradients of all of the network's numbers, at the same places; rewritten by every `backward`.
  var weightGradients: FloatSpan { gradients }

  /// `[rows, data] → [rows, output]`
  /// - Parameters:
  ///   - values: the network's; only moving averages are written, and only in training.
  ///   - seed: fixes the random choices of layers that have some in training.
  func forward(_ values: FloatSpan, rows: Int, seed: UInt64) {
    view(values)
    for (index, stage) in stages.enumerated() {
      let raw = stage.raw.part(0, count: rows * stage.width)
      if !stage.isIdentity {
        stage.layer.forward(
          ForwardPass(
            batch: rows, inputShape: stage.inputShape, input: stage.input(rows: rows), output: raw,
            weights: views[index], kept: stage.kept, scratch: scratch, isTraining: isTraining,
            seed: Random.number(index, seed: seed), threads: threads,
            activation: stage.appliesActivation ? stage.layer.activation : nil,
            lists: stage.readsLists ? lists(rows: rows) : nil))
      }
      if !stage.appliesActivation { activate(stage, rows: rows) }
    }
  }

  private func view(_ values: FloatSpan) {
    guard viewed != values.base else { return }
    viewed = values.base
    views = stages.map { stage in stage.ranges.map { values.part($0.lowerBound, count: $0.count) } }
  }

  private func activate(_ stage: Stage, rows: Int) {
    guard !stage.layer.activation.isIdentity else { return }
    threads.split(rows, into: 16) { range in
      let (start, count) = (range.lowerBound * stage.width, range.count * stage.width)
      stage.layer.activation.forward(
        stage.raw.part(start, count: count), into: stage.output.part(start, count: count),
        width: stage.outputShape.last)
    }
  }

  /// Turns the slope at the output into the gradients of all weights.
  /// - Parameters:
  ///   - values: the network's.
  ///   - atLogits: whether the slope stands before the last activation.
  ///   - update: takes the gradients of each layer as they come; nil when all shall be in `weightGradients`.
  func backward(_ values: FloatSpan, rows: Int, atLogits: Bool, update: Update?) {
    var (outputGradient, spare) = outputGradients
    view(values)
    for index in stages.indices.reversed() {
      let stage = stages[index]
      if index < stages.count - 1 || !atLogits { backpropagateActivation(stage, outputGradient, rows: rows) }
      if stage.isIdentity { continue }
      let inputGradient = stage.passesGradientOn ? spare.part(0, count: rows * stage.inputShape.count) : nil
      stage.layer.backward(
        BackwardPass(
          batch: rows, inputShape: stage.inputShape, input: stage.input(rows: rows),
          outputGradient: outputGradient.part(0, count: rows * stage.width), inputGradient: inputGradient,
          weights: views[index], gradients: stage.gradients, kept: stage.kept, scratch: scratch, threads: threads,
          lists: stage.readsLists ? lists(rows: rows) : nil, takeKernel: taker(stage, update)))
      if let update { change(stage, update) }
      if !stage.passesGradientOn { return }
      swap(&outputGradient, &spare)
    }
  }

  /// What takes the gradient of the stage's kernel block by block, if its layer hands it over.
  private func taker(_ stage: Stage, _ update: Update?) -> (@Sendable (Block, Block) -> Void)? {
    guard let update, stage.layer.handsKernelOver, let penalty = stage.kernelPenalty else { return nil }
    return { block, gradient in update.change(block, penalty, gradient: gradient) }
  }

  /// Changes the weights whose gradients the layer has written.
  private func change(_ stage: Stage, _ update: Update) {
    for (place, tensor) in stage.tensors.enumerated() where place > 0 || !stage.layer.handsKernelOver {
      update.change(tensor, gradient: stage.gradients[place], threads: threads)
    }
  }

  private func backpropagateActivation(_ stage: Stage, _ outputGradient: FloatSpan, rows: Int) {
    guard !stage.layer.activation.isIdentity else { return }
    threads.split(rows, into: 16) { range in
      let (start, count) = (range.lowerBound * stage.width, range.count * stage.width)
      stage.layer.activation.backward(
        outputGradient.part(start, count: count), x: stage.raw.part(start, count: count),
        y: stage.output.part(start, count: count), width: stage.outputShape.last)
    }
  }
}
