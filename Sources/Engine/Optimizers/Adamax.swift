import CKernels
import Glibc
import Grammar

/// Adam by the largest gradient instead of their mean square: m += (1 − β₁)(g − m), u = max(β₂·u, |g|),
/// w −= η / (1 − β₁ᵗ)·m / (u + ε) (Kingma and Ba 2015; Keras 3.15).
public struct Adamax: Optimizer {
  public let learningRate: Double
  public let beta1: Double
  public let beta2: Double
  public let epsilon: Double

  public static let form = Form<Adamax>(
    "adamax", "Follows the mean gradient, divided by the largest recent one.",
    .learningRate(0.001),
    .named("beta_1", .number(0..<1), default: 0.9, "the share of the old mean that is kept"),
    .named("beta_2", .number(0..<1), default: 0.999, "the share of the old largest that is kept"),
    .named("epsilon", .positive, default: 1e-7, "keeps the divisor away from 0"),
    formula: "m += (1 − β₁)(g − m); u = max(β₂·u, |g|); w −= η / (1 − β₁ᵗ)·m / (u + ε)",
    source: "Kingma and Ba 2015; Keras 3.15",
    examples: ["compile adamax"],
    make: { Adamax(learningRate: $0, beta1: $1, beta2: $2, epsilon: $3) },
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
    constants.rate = Float(step.learningRate / (1 - pow(beta1, Double(step.number))))
    (constants.new_mean, constants.keep_size) = (Float(1 - beta1), Float(beta2))
    return constants
  }

  public func update(_ weights: Block, gradient: Block, slots: Slots, _ constants: StepConstants) {
    kernels.adamax(
      weights.base, gradient.base, slots[0].base, slots[1].base, weights.shape(gradient: gradient), constants)
  }
}
