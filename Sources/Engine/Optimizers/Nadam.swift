import CKernels
import Glibc
import Grammar

/// Adam that looks ahead along its mean gradient, as nesterov does: m += (1 − β₁)(g − m), v += (1 − β₂)(g² − v),
/// w −= η·(μ′·m / (1 − Πμ′) + (1 − μ)·g / (1 − Πμ)) / (√(v / (1 − β₂ᵗ)) + ε).
///
/// μ = β₁·(1 − ½·0.96ᵗ), μ′ the same of the next step, Πμ the product of all μ so far, Πμ′ = Πμ·μ′, after Keras 3.15
/// (Dozat 2015).
public struct Nadam: Optimizer {
  public let learningRate: Double
  public let beta1: Double
  public let beta2: Double
  public let epsilon: Double

  public static let form = Form<Nadam>(
    "nadam", "Adam that looks ahead along its mean gradient.",
    .learningRate(0.001),
    .named("beta_1", .number(0..<1), default: 0.9, "the share of the old mean that is kept in the end"),
    .named("beta_2", .number(0..<1), default: 0.999, "the share of the old size that is kept"),
    .named("epsilon", .positive, default: 1e-7, "keeps the divisor away from 0"),
    formula: "as adam, with μ′·m / (1 − Πμ′) + (1 − μ)·g / (1 − Πμ) for m, μ = β₁·(1 − ½·0.96ᵗ)",
    source: "Dozat 2015; Keras 3.15",
    examples: ["compile nadam"],
    make: { Nadam(learningRate: $0, beta1: $1, beta2: $2, epsilon: $3) },
    settings: { ($0.learningRate, $0.beta1, $0.beta2, $0.epsilon) })

  public init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  public var slotCount: Int { 2 }

  public func constants(at step: Step) -> StepConstants {
    var constants = StepConstants(step, epsilon: epsilon)
    let (now, next, product) = (momentum(step.number), momentum(step.number + 1), product(step.number))
    constants.of_mean = Float(next / (1 - product * next))
    constants.of_gradient = Float((1 - now) / (1 - product))
    constants.of_size = Float(1 / (1 - pow(beta2, Double(step.number))))
    (constants.new_mean, constants.new_size) = (Float(1 - beta1), Float(1 - beta2))
    return constants
  }

  public func update(_ weights: Block, gradient: Block, slots: Slots, _ constants: StepConstants) {
    kernels.nadam(
      weights.base, gradient.base, slots[0].base, slots[1].base, weights.shape(gradient: gradient), constants)
  }

  /// μ of step `number`.
  private func momentum(_ number: Int) -> Double { beta1 * (1 - 0.5 * pow(0.96, Double(number))) }

  /// The product of the first `number` μ, from the number alone, so that nothing has to be remembered.
  package func product(_ number: Int) -> Double {
    var (product, power) = (pow(beta1, Double(number)), 1.0)
    // 0.96⁹⁰⁰ is below the last bit of 1, so all later factors are β₁ itself.
    for _ in 0..<min(number, 900) {
      power *= 0.96
      product *= 1 - 0.5 * power
    }
    return product
  }
}
