import Grammar

/// Brings the last axis of each example to the mean 0 and the variance 1, then to a mean and a variance that it learns.
///
/// `[batch, …, width] → [batch, …, width]`; y = γ·(x − μ) / √(σ² + ε) + β with the mean and the biased variance of the
/// last axis, in training as otherwise. After Keras 3.15 `LayerNormalization` (Ba et al. 2016).
public struct LayerNorm: Layer {
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

  /// The mean and 1 / √(σ² + ε) of every row.
  public func kept(for input: Shape) -> Int { 2 * (input.count / input.last) }

  public func products(for input: Shape) -> Int { input.count }

  public func scratch(for input: Shape, batch: Int, isTraining: Bool) -> Int? {
    guard isTraining else { return 0 }
    guard let rows = Int?(batch).times(input.count / input.last) else { return nil }
    return ColumnSums(rows: rows, columns: 2 * input.last).room
  }

  public func forward(_ pass: ForwardPass) {
    let width = pass.inputShape.last
    let (gamma, beta, _) = choices.split(pass.weights)
    pass.threads.split(pass.input.count / width, into: 16) { rows in
      for row in rows {
        let (x, y) = (pass.input.base + row * width, pass.output.base + row * width)
        let (mean, inverse) = measure(x, width)
        for i in 0..<width { y[i] = (x[i] - mean) * inverse }
        if let gamma { for i in 0..<width { y[i] *= gamma[i] } }
        if let beta { for i in 0..<width { y[i] += beta[i] } }
        if pass.isTraining { (pass.kept[2 * row], pass.kept[2 * row + 1]) = (mean, inverse) }
      }
    }
  }

  private func measure(_ x: UnsafeMutablePointer<Float>, _ width: Int) -> (mean: Float, inverse: Float) {
    var (sum, squares) = (0.0, 0.0)
    for i in 0..<width { sum += Double(x[i]) }
    let mean = sum / Double(width)
    for i in 0..<width { squares += (Double(x[i]) - mean) * (Double(x[i]) - mean) }
    return (Float(mean), Float(1 / (squares / Double(width) + choices.epsilon).squareRoot()))
  }

  /// With x̂ = (x − μ) / √(σ² + ε) and g = γ·dy: dβ = Σ dy; dγ = Σ dy·x̂;
  /// dx = (g − mean g − x̂·mean(g·x̂)) / √(σ² + ε).
  public func backward(_ pass: BackwardPass) {
    let width = pass.inputShape.last
    let (gammaGradient, betaGradient, _) = choices.split(pass.gradients)
    let gamma = choices.split(pass.weights).gamma
    let sums = ColumnSums(rows: pass.input.count / width, columns: 2 * width)
    sums.run(pass.scratch, pass.threads) { row, sums in
      let (x, dy) = (pass.input.base + row * width, pass.outputGradient.base + row * width)
      let (mean, inverse) = (pass.kept[2 * row], pass.kept[2 * row + 1])
      for i in 0..<width {
        sums[i] += dy[i]
        sums[width + i] += dy[i] * ((x[i] - mean) * inverse)
      }
    }
    for i in 0..<width {
      betaGradient?[i] = Float(sums.total(i, pass.scratch))
      gammaGradient?[i] = Float(sums.total(width + i, pass.scratch))
    }
    guard let inputGradient = pass.inputGradient else { return }
    writeSlopes(pass, gamma, into: inputGradient)
  }

  private func writeSlopes(_ pass: BackwardPass, _ gamma: FloatSpan?, into inputGradient: FloatSpan) {
    let width = pass.inputShape.last
    pass.threads.split(pass.input.count / width, into: 16) { rows in
      for row in rows {
        let (x, dy) = (pass.input.base + row * width, pass.outputGradient.base + row * width)
        let dx = inputGradient.base + row * width
        let (mean, inverse) = (pass.kept[2 * row], pass.kept[2 * row + 1])
        var (outputGradients, products) = (0.0, 0.0)
        for i in 0..<width {
          dx[i] = dy[i] * (gamma?[i] ?? 1)
          outputGradients += Double(dx[i])
          products += Double(dx[i]) * Double((x[i] - mean) * inverse)
        }
        let (outputGradient, product) = (Float(outputGradients / Double(width)), Float(products / Double(width)))
        for i in 0..<width { dx[i] = inverse * (dx[i] - outputGradient - (x[i] - mean) * inverse * product) }
      }
    }
  }
}
