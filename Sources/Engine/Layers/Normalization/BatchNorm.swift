import CKernels
import Grammar

/// Brings each channel to the mean 0 and the variance 1 over the batch, then to a mean and a variance that it learns.
///
/// `[batch, …, channels] → [batch, …, channels]`; y = γ·(x − μ) / √(σ² + ε) + β. In training μ and σ² are the batch's,
/// σ² biased, and the moving ones go towards them; otherwise they are the moving ones. After Keras 3.15 (Ioffe and
/// Szegedy 2015); tensors gamma, beta, moving_mean, moving_variance, `[channels]`.
public struct BatchNorm: Layer, Operation {
  /// How much of the moving mean and variance stays at each batch, 0 … 1.
  public let momentum: Double
  let choices: NormChoices

  public static let form = Form<BatchNorm>(
    "batchnorm", "Brings each channel to mean 0 and variance 1 over the batch; lets training take larger steps.",
    .named("momentum", .number(0...1), default: 0.99, "how much of the moving mean and variance stays at each batch"),
    .epsilon(), .center(), .scale(),
    formula: "y = γ·(x − μ) / √(σ² + ε) + β; training: of the batch, otherwise moving averages; "
      + "moving = moving·momentum + batch·(1 − momentum)",
    source: "Ioffe and Szegedy 2015; Keras 3.15", otherNames: ["BatchNormalization"],
    examples: ["add batchnorm", "add batchnorm momentum=0.9"],
    make: { BatchNorm(momentum: $0, NormChoices(epsilon: $1, centers: $2, scales: $3)) },
    settings: { ($0.momentum, $0.choices.epsilon, $0.choices.centers, $0.choices.scales) })

  init(momentum: Double = 0.99, _ choices: NormChoices = NormChoices()) {
    self.momentum = momentum
    self.choices = choices
  }

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape { input }

  public func weights(for input: Shape) -> [Weight] {
    choices.weights(input.last) + [
      Weight("moving_mean", [input.last], Zeros(), isTrainable: false),
      Weight("moving_variance", [input.last], Ones(), isTrainable: false),
    ]
  }

  public func products(for input: Shape) -> Int { input.count }

  /// Keeps the batch's means and 1 / √(σ² + ε); works on sums of blocks, two a channel, and three numbers a channel.
  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    let width = input.last
    plan.keep(Int?(width).times(2))
    let rows = Int?(plan.batch).times(input.count / width)
    let sums = plan.isTraining ? rows.flatMap { ColumnSums(rows: $0, columns: 2 * width).room } : 0
    plan.borrow(sums.adding(3 * width))
    return self
  }

  public func forward(_ pass: ForwardPass) {
    let width = pass.inputShape.last
    let (gamma, beta, moving) = choices.split(pass.weights)
    let (movingMean, movingVariance) = (moving[moving.startIndex], moving[moving.startIndex + 1])
    let (means, factors, offsets) = thirds(pass.scratch, width)
    if pass.isTraining {
      let sums = pass.scratch.part(3 * width, count: pass.scratch.count - 3 * width)
      measure(pass, width, sums, mean: means, variance: factors)
      move(movingMean, to: means)
      move(movingVariance, to: factors)
    } else {
      means.copy(from: movingMean)
      factors.copy(from: movingVariance)
    }
    for c in 0..<width {
      let inverse = 1 / (factors[c] + Float(choices.epsilon)).squareRoot()
      if pass.isTraining { (pass.saved[c], pass.saved[width + c]) = (means[c], inverse) }
      factors[c] = inverse * (gamma?[c] ?? 1)
      offsets[c] = beta?[c] ?? 0
    }
    pass.threads.split(pass.input.count / width, into: 16) { rows in
      let start = rows.lowerBound * width
      kernels.normalize_columns(
        pass.input.base + start, means.base, factors.base, offsets.base, rows.count, width, pass.output.base + start)
    }
  }

  private func move(_ average: FloatSpan, to batch: FloatSpan) {
    let stays = Float(momentum)
    for c in 0..<average.count { average[c] = average[c] * stays + batch[c] * (1 - stays) }
  }

  /// The mean and the biased variance of each channel over the batch, the variance from the distances to the mean.
  private func measure(_ pass: ForwardPass, _ width: Int, _ scratch: FloatSpan, mean: FloatSpan, variance: FloatSpan) {
    let sums = ColumnSums(rows: pass.input.count / width, columns: width)
    sums.run(scratch, pass.threads) { rows, sums in
      kernels.add_rows(pass.input.base + rows.lowerBound * width, rows.count, width, sums)
    }
    for c in 0..<width { mean[c] = Float(sums.total(c, scratch) / Double(sums.rows)) }
    sums.run(scratch, pass.threads) { rows, sums in
      kernels.add_squares(pass.input.base + rows.lowerBound * width, mean.base, rows.count, width, sums)
    }
    for c in 0..<width { variance[c] = Float(sums.total(c, scratch) / Double(sums.rows)) }
  }

  /// With x̂ = (x − μ) / √(σ² + ε) and n rows: dβ = Σ dy; dγ = Σ dy·x̂; dx = γ / √(σ² + ε)·(dy − dβ/n − x̂·dγ/n).
  public func backward(_ pass: BackwardPass) {
    let width = pass.inputShape.last
    let (mean, inverse) = (pass.saved.part(0, count: width), pass.saved.part(width, count: width))
    let sums = ColumnSums(rows: pass.input.count / width, columns: 2 * width)
    let scratch = pass.scratch.part(3 * width, count: pass.scratch.count - 3 * width)
    sums.run(scratch, pass.threads) { rows, sums in
      let start = rows.lowerBound * width
      kernels.add_products(
        pass.input.base + start, pass.outputGradient.base + start, mean.base, inverse.base, rows.count, width, sums,
        sums + width)
    }
    let (gammaGradient, betaGradient, _) = choices.split(pass.gradients)
    let gamma = choices.split(pass.weights).gamma
    let (factors, shifts, outputGradients) = thirds(pass.scratch, width)
    for c in 0..<width {
      let (beta, scale) = (sums.total(c, scratch), sums.total(width + c, scratch))
      betaGradient?[c] = Float(beta)
      gammaGradient?[c] = Float(scale)
      factors[c] = (gamma?[c] ?? 1) * inverse[c]
      shifts[c] = Float(beta / Double(sums.rows))
      outputGradients[c] = Float(scale / Double(sums.rows)) * inverse[c]
    }
    guard let inputGradient = pass.inputGradient else { return }
    pass.threads.split(sums.rows, into: 16) { rows in
      let start = rows.lowerBound * width
      kernels.normalize_columns_backward(
        pass.input.base + start, pass.outputGradient.base + start, mean.base, factors.base, shifts.base,
        outputGradients.base, rows.count, width, inputGradient.base + start)
    }
  }

  private func thirds(_ scratch: FloatSpan, _ width: Int) -> (FloatSpan, FloatSpan, FloatSpan) {
    (scratch.part(0, count: width), scratch.part(width, count: width), scratch.part(2 * width, count: width))
  }
}
