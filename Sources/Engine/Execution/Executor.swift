import Grammar

/// Carries batches forwards and backwards through a network, in memory that is allocated once.
final class Executor {
  /// One layer with its places in memory.
  private struct Stage {
    let operation: any Operation
    let activation: any Activation
    let inputShape: Shape
    let outputShape: Shape
    /// The places of its tensors' numbers among all.
    let ranges: [Range<Int>]
    let sink: GradientSink
    /// Whether a layer before it learns, and so wants the gradient of its input.
    let passesGradientOn: Bool
    let input: FloatSpan
    /// Before the activation.
    let raw: FloatSpan
    let output: FloatSpan
    let saved: FloatSpan
    /// Whether the operation applies the activation itself.
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
  ///   - form: how examples are best taken.
  /// - Throws: `Refusal` when the memory does not suffice.
  init(
    _ network: Network, capacity: Int, isTraining: Bool, input form: Plan.Input = .numbers, threads: Threads
  ) throws(Refusal) {
    let network = network.fused
    try Products.prepare(threads: threads.count)
    let plan = Plan(network, batch: capacity, isTraining: isTraining, input: form)
    try Machine.require(
      plan.total.times(MemoryLayout<Float>.stride), for: "a batch of \(capacity) examples",
      hint: isTraining ? "fit 1 32" : "remove")
    let workspace = try Workspace(capacity: plan.total ?? 0)
    self.workspace = workspace
    self.capacity = capacity
    self.isTraining = isTraining
    self.threads = threads
    dataShape = network.shapes[0]
    listsInput = plan.listReader != nil
    input = workspace.take(plan.input)
    gradients = workspace.take(isTraining ? network.values.count : 0)
    var stages: [Stage] = []
    for index in network.layers.indices {
      let before = stages.last?.output ?? input
      stages.append(Executor.stage(index, of: network, plan, before, gradients, workspace))
    }
    self.stages = stages
    outputGradients = (workspace.take(plan.outputGradient), workspace.take(plan.outputGradient))
    scratch = workspace.take(plan.scratch ?? 0)
  }

  /// One layer with its places in memory.
  private static func stage(
    _ index: Int, of network: Network, _ plan: Plan, _ input: FloatSpan, _ gradients: FloatSpan, _ workspace: Workspace
  ) -> Stage {
    let place = plan.stages[index]
    let tensors = network.tensors.indices.filter { network.tensors[$0].layer == index }
    let raw = place.sharesInput ? input : workspace.take(plan.batch * place.width)
    let learners = plan.isTraining ? tensors : []
    let buffers = learners.map { gradients.part(network.tensors[$0].offset, count: network.tensors[$0].count) }
    return Stage(
      operation: place.operation, activation: network.layers[index].activation, inputShape: network.shapes[index],
      outputShape: network.shapes[index + 1], ranges: tensors.map { network.tensors[$0].range },
      sink: GradientSink(buffers, tensors: learners),
      passesGradientOn: network.tensors.contains { $0.layer < index }, input: input, raw: raw,
      output: place.keepsRaw ? workspace.take(plan.batch * place.width) : raw, saved: workspace.take(place.saved),
      appliesActivation: place.appliesActivation, readsLists: index == plan.listReader)
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
  func logits(rows: Int) -> FloatSpan {
    stages.last.map { $0.raw.part(0, count: rows * $0.width) } ?? input(rows: rows)
  }

  /// Where the gradient of the loss goes before `backward`: at the last output or, `atLogits`, before its activation.
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
        stage.operation.forward(
          ForwardPass(
            batch: rows, inputShape: stage.inputShape, input: stage.input(rows: rows), output: raw,
            weights: views[index], saved: stage.saved, scratch: scratch, isTraining: isTraining,
            seed: Random.number(index, seed: seed), threads: threads,
            activation: stage.appliesActivation ? stage.activation : nil,
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
    guard !stage.activation.isIdentity else { return }
    threads.split(rows, into: 16) { range in
      let (start, count) = (range.lowerBound * stage.width, range.count * stage.width)
      stage.activation.forward(
        stage.raw.part(start, count: count), into: stage.output.part(start, count: count),
        width: stage.outputShape.last)
    }
  }

  /// Turns the gradient at the output into the gradients of all weights.
  /// - Parameters:
  ///   - values: the network's.
  ///   - atLogits: whether the gradient stands before the last activation.
  ///   - update: takes the gradients of each layer as they come; nil when all shall be in `weightGradients`.
  func backward(_ values: FloatSpan, rows: Int, atLogits: Bool, update: Update?) {
    var (outputGradient, spare) = outputGradients
    view(values)
    for index in stages.indices.reversed() {
      let stage = stages[index]
      if index < stages.count - 1 || !atLogits { backpropagateActivation(stage, outputGradient, rows: rows) }
      if stage.isIdentity { continue }
      let inputGradient = stage.passesGradientOn ? spare.part(0, count: rows * stage.inputShape.count) : nil
      stage.sink.begin(update)
      stage.operation.backward(
        BackwardPass(
          batch: rows, inputShape: stage.inputShape, input: stage.input(rows: rows),
          outputGradient: outputGradient.part(0, count: rows * stage.width), inputGradient: inputGradient,
          weights: views[index], sink: stage.sink, saved: stage.saved, scratch: scratch, threads: threads,
          lists: stage.readsLists ? lists(rows: rows) : nil))
      stage.sink.finish(threads: threads)
      if !stage.passesGradientOn { return }
      swap(&outputGradient, &spare)
    }
  }

  private func backpropagateActivation(_ stage: Stage, _ outputGradient: FloatSpan, rows: Int) {
    guard !stage.activation.isIdentity else { return }
    threads.split(rows, into: 16) { range in
      let (start, count) = (range.lowerBound * stage.width, range.count * stage.width)
      stage.activation.backward(
        outputGradient.part(start, count: count), x: stage.raw.part(start, count: count),
        y: stage.output.part(start, count: count), width: stage.outputShape.last)
    }
  }
}
