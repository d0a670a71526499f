import Grammar

/// Runs batches of examples through a network: the buffers and the loss that training and evaluation share.
struct Batches {
  private let examples: Examples
  private let loss: any RowLoss
  private let isAtLogits: Bool
  private let executor: Executor
  private let workspace: Workspace
  private let targets: FloatSpan
  private let losses: FloatSpan
  private let targetWidth: Int
  private let isTraining: Bool
  private let threads: Threads
  /// How much the loss of an example of each class counts; nil when all count the same.
  private var weights: [Float]?

  /// - Throws: `Refusal` when the memory does not suffice.
  init(
    _ network: Network, _ trainer: Trainer, _ examples: Examples, capacity: Int, isTraining: Bool, threads: Threads
  ) throws(Refusal) {
    let logits = network.layers.last.flatMap { trainer.loss.onLogits(of: $0.activation) }
    self.examples = examples
    self.threads = threads
    loss = logits ?? trainer.loss
    isAtLogits = logits != nil
    targetWidth = network.output.count
    self.isTraining = isTraining
    executor = try Executor(
      network, capacity: capacity, isTraining: isTraining, input: Plan.Input(examples), threads: threads)
    workspace = try Workspace(capacity: Batches.floats(network, capacity: capacity) ?? .max)
    targets = workspace.take(capacity * targetWidth)
    losses = workspace.take(capacity)
  }

  /// Floats for targets and losses; nil when they do not fit into an `Int`.
  private static func floats(_ network: Network, capacity: Int) -> Int? {
    Int?(capacity).times(network.output.count).adding(capacity).adding(32)
  }

  /// Bytes that batches of so many examples take; nil when they do not fit into an `Int`.
  static func memory(_ network: Network, capacity: Int, isTraining: Bool, input: Plan.Input) -> Int? {
    let plan = Plan(network, batch: capacity, isTraining: isTraining, input: input).total
    return floats(network, capacity: capacity).flatMap { plan.adding($0) }.times(MemoryLayout<Float>.stride)
  }

  /// Makes every class count the same: n / (classes · examples of the class).
  /// - Precondition: the targets are classes.
  mutating func weigh(_ rows: [Int]) {
    var counts = [Int](repeating: 0, count: examples.classes)
    for row in rows { counts[examples.labels[row]] += 1 }
    weights = counts.map { $0 == 0 ? 0 : Float(rows.count) / Float(examples.classes * $0) }
  }

  /// Gathers the rows and carries them forwards; the losses and outputs go into the tally.
  /// - Parameters:
  ///   - values: the network's.
  ///   - penalty: what the weights add to every row's loss.
  /// - Throws: `Refusal` when the rows cannot be read any more.
  func forward(
    _ values: FloatSpan, rows: ArraySlice<Int>, seed: UInt64, penalty: Double, tally: inout RunningScore
  ) throws(Refusal) {
    let targets = targets.part(0, count: rows.count * targetWidth)
    examples.targets.gather(rows, into: targets, width: targetWidth)
    try executor.take(examples, rows)
    executor.forward(values, rows: rows.count, seed: seed)
    score(rows)
    tally.add(
      losses: losses.part(0, count: rows.count), penalty: penalty, output: executor.output(rows: rows.count),
      targets: targets)
  }

  /// Tells that these rows come next.
  func readAhead(_ rows: ArraySlice<Int>) { examples.features.readAhead(rows) }

  /// The gradients of the mean loss of the batch that went forwards last.
  /// - Parameters:
  ///   - values: the network's.
  ///   - update: takes the gradients as they come; nil when all of them shall be there at the end.
  func backward(_ values: FloatSpan, rows: ArraySlice<Int>, update: Update?) -> FloatSpan {
    executor.backward(values, rows: rows.count, atLogits: isAtLogits, update: update)
    return executor.weightGradients
  }

  /// The loss of every row and, in training, its gradient.
  private func score(_ rows: ArraySlice<Int>) {
    let (outputs, outputGradients) = (scored(rows.count), isTraining ? executor.outputGradient(rows: rows.count) : nil)
    let (loss, width, first, scale) = (self.loss, targetWidth, rows.startIndex, 1 / Float(rows.count))
    let (targets, losses, weights, labels) = (targets, losses, weights, examples.labels)
    threads.split(rows.count, into: 16) { range in
      for row in range {
        let (output, target) = (outputs.part(row * width, count: width), targets.part(row * width, count: width))
        let weight = weights.map { $0[labels[rows[first + row]]] } ?? 1
        losses[row] = loss.value(output, target) * weight
        if let outputGradients {
          loss.gradient(output, target, scale: weight * scale, into: outputGradients.part(row * width, count: width))
        }
      }
    }
  }

  /// The last layer's output after its activation, `[rows, width]`.
  func output(rows: Int) -> FloatSpan { executor.output(rows: rows) }

  private func scored(_ rows: Int) -> FloatSpan {
    isAtLogits ? executor.logits(rows: rows) : executor.output(rows: rows)
  }
}
