import Grammar

/// Runs batches of examples through a network: the buffers and the loss that training and evaluation share.
final class Batches {
  private let examples: Examples
  private let loss: any RowLoss
  private let isAtLogits: Bool
  private let propagation: Propagation
  private let workspace: Workspace
  private let targets: Floats
  private let losses: Floats
  private let targetWidth: Int
  private let threads: Threads

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
    propagation = try Propagation(network, capacity: capacity, isTraining: isTraining, threads: threads)
    let width = Workspace.rounded(capacity * max(targetWidth, examples.classes))
    workspace = Workspace(capacity: width + Workspace.rounded(capacity))
    targets = workspace.take(width)
    losses = workspace.take(capacity)
  }

  /// Gathers the rows and carries them forwards; the losses and outputs go into the tally.
  func forward(_ network: inout Network, rows: ArraySlice<Int>, seed: UInt64, tally: inout Tally) {
    let targets = targets.part(0, count: rows.count * targetWidth)
    examples.gather(
      rows, into: propagation.input(rows: rows.count), targets: targets, width: targetWidth, threads: threads)
    propagation.forward(&network, rows: rows.count, seed: seed)
    let scored = scored(rows.count)
    for row in 0..<rows.count {
      losses[row] = loss.value(
        scored.part(row * targetWidth, count: targetWidth), targets.part(row * targetWidth, count: targetWidth))
    }
    tally.add(
      losses: losses.part(0, count: rows.count), penalty: network.penalty(),
      output: propagation.output(rows: rows.count), targets: targets)
  }

  /// The gradients of the mean loss of the batch that went forwards last.
  func backward(_ network: inout Network, rows: Int) -> Floats {
    let (scored, slope) = (scored(rows), propagation.slope(rows: rows))
    for row in 0..<rows {
      let start = row * targetWidth
      loss.gradient(
        scored.part(start, count: targetWidth), targets.part(start, count: targetWidth), scale: 1 / Float(rows),
        into: slope.part(start, count: targetWidth))
    }
    propagation.backward(&network, rows: rows, atLogits: isAtLogits)
    network.addPenalties(to: propagation.weightGradients)
    return propagation.weightGradients
  }

  /// The last layer's output after its activation, `[rows, width]`.
  func output(rows: Int) -> Floats { propagation.output(rows: rows) }

  private func scored(_ rows: Int) -> Floats {
    isAtLogits ? propagation.logits(rows: rows) : propagation.output(rows: rows)
  }
}
