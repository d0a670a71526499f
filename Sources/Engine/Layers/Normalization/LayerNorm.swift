import CKernels
import Grammar

/// Brings the last axis of each example to the mean 0 and the variance 1, then to a mean and a variance that it learns.
///
/// `[batch, …, width] → [batch, …, width]`; y = γ·(x − μ) / √(σ² + ε) + β with the mean and the biased variance of the
/// last axis, in training as otherwise. After Keras 3.15 `LayerNormalization` (Ba et al. 2016).
public struct LayerNorm: Layer, Operation {
  let choices: NormChoices

  public static let form = Form<LayerNorm>(
    "layernorm", "Brings each example's last axis to mean 0 and variance 1.",
    .epsilon(), .center(), .scale(),
    formula: "y = γ·(x − μ) / √(σ² + ε) + β, along the last axis",
    source: "Ba, Kiros and Hinton 2016; Keras 3.15", otherNames: ["LayerNormalization"],
    examples: ["add layernorm"],
    make: { LayerNorm(NormChoices(epsilon: $0, centers: $1, scales: $2)) },
    settings: { ($0.choices.epsilon, $0.choices.centers, $0.choices.scales) })

  init(_ choices: NormChoices = NormChoices()) { self.choices = choices }

  public func output(for input: Shape) throws(Refusal) -> Shape { input }

  public func weights(for input: Shape) -> [Weight] { choices.weights(input.last) }

  public func products(for input: Shape) -> Int { input.count }

  /// Keeps the mean and 1 / √(σ² + ε) of every row; works on sums of blocks, two a column.
  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    plan.keep(each: 2 * (input.count / input.last))
    let rows = Int?(plan.batch).times(input.count / input.last)
    if plan.isTraining { plan.borrow(rows.flatMap { ColumnSums(rows: $0, columns: 2 * input.last).room }) }
    return self
  }

  public func forward(_ pass: ForwardPass) {
    let width = pass.inputShape.last
    let (gamma, beta, _) = choices.split(pass.weights)
    // A row's moments in two floats, which are forgotten where there is no way back.
    pass.threads.split(pass.input.count / width, into: 16) { rows in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 2) { memory in
        guard let forgotten = memory.baseAddress else { return }
        for row in rows {
          kernels.normalize_row(
            pass.input.base + row * width, gamma?.base, beta?.base, choices.epsilon, width,
            pass.output.base + row * width, pass.isTraining ? pass.saved.base + 2 * row : forgotten)
        }
      }
    }
  }

  /// With x̂ = (x − μ) / √(σ² + ε) and g = γ·dy: dβ = Σ dy; dγ = Σ dy·x̂;
  /// dx = (g − mean g − x̂·mean(g·x̂)) / √(σ² + ε).
  public func backward(_ pass: BackwardPass) {
    let width = pass.inputShape.last
    let (gammaGradient, betaGradient, _) = choices.split(pass.gradients)
    let gamma = choices.split(pass.weights).gamma
    let sums = ColumnSums(rows: pass.input.count / width, columns: 2 * width)
    sums.run(pass.scratch, pass.threads) { rows, sums in
      for row in rows {
        kernels.add_row_products(
          pass.input.base + row * width, pass.outputGradient.base + row * width, pass.saved.base + 2 * row, width, sums,
          sums + width)
      }
    }
    for i in 0..<width {
      betaGradient?[i] = Float(sums.total(i, pass.scratch))
      gammaGradient?[i] = Float(sums.total(width + i, pass.scratch))
    }
    guard let inputGradient = pass.inputGradient else { return }
    pass.threads.split(pass.input.count / width, into: 16) { rows in
      for row in rows {
        kernels.normalize_row_backward(
          pass.input.base + row * width, pass.outputGradient.base + row * width, gamma?.base, pass.saved.base + 2 * row,
          width, inputGradient.base + row * width)
      }
    }
  }
}
