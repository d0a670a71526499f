import Grammar

/// Steps as large as the recent steps, by the gradient's recent size: v = ρ·v + (1 − ρ)·g², d = g·√(u + ε) / √(v + ε),
/// u = ρ·u + (1 − ρ)·d², w −= η·d.
///
/// ε stands inside both roots, after Keras 3.15 (Zeiler 2012, who has η = 1).
public struct Adadelta: Optimizer {
  public let learningRate: Double
  public let rho: Double
  public let epsilon: Double

  public static let form = Form<Adadelta>(
    "adadelta", "Makes steps as large as the recent ones, by the gradient's recent size; its inventor has lr=1.",
    .learningRate(0.001),
    .named("rho", .number(0...1), default: 0.95, "the share of the old sizes that is kept"),
    .named("epsilon", .positive, default: 1e-7, "keeps the roots away from 0"),
    formula: "v = ρ·v + (1 − ρ)·g²; d = g·√(u + ε) / √(v + ε); u = ρ·u + (1 − ρ)·d²; w −= η·d",
    source: "Zeiler 2012; Keras 3.15",
    examples: ["compile adadelta lr=1"],
    make: { Adadelta(learningRate: $0, rho: $1, epsilon: $2) },
    settings: { ($0.learningRate, $0.rho, $0.epsilon) })

  public init(learningRate: Double, rho: Double, epsilon: Double) {
    self.learningRate = learningRate
    self.rho = rho
    self.epsilon = epsilon
  }

  public var slotCount: Int { 2 }

  public func update(_ weights: Block, gradient: Block, slots: Slots, step: Step) {
    let (rate, keep, new, small) = (Float(step.learningRate), Float(rho), Float(1 - rho), Float(epsilon))
    for row in 0..<weights.rows {
      let (weights, gradient) = (weights.row(row), gradient.row(row))
      let (size, change) = (slots[0].row(row), slots[1].row(row))
      for i in 0..<weights.count {
        let g = gradient[i]
        size[i] = keep * size[i] + new * g * g
        let delta = (change[i] + small).squareRoot() * g / (size[i] + small).squareRoot()
        change[i] = keep * change[i] + new * delta * delta
        weights[i] -= rate * delta
      }
    }
  }
}
