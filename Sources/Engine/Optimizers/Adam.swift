import CKernels
import Glibc
import Grammar

/// Follows the mean gradient, divided by its recent size: m += (1 − β₁)(g − m), v += (1 − β₂)(g² − v),
/// w −= α·m / (√v + ε) with α = η·√(1 − β₂ᵗ) / (1 − β₁ᵗ).
///
/// ε stands outside the root, after Keras 3.15 (Kingma and Ba 2015); amsgrad divides by the largest v so far.
public struct Adam: Optimizer {
  public let learningRate: Double
  public let beta1: Double
  public let beta2: Double
  public let epsilon: Double
  public let amsgrad: Bool

  public static let form = Form<Adam>(
    "adam", "Follows the mean gradient, divided by its recent size.",
    .learningRate(0.001),
    .named("beta_1", .number(0..<1), default: 0.9, "the share of the old mean that is kept"),
    .named("beta_2", .number(0..<1), default: 0.999, "the share of the old size that is kept"),
    .named("epsilon", .positive, default: 1e-7, "keeps the divisor away from 0"),
    .named("amsgrad", .flag, default: false, "divide by the largest size so far"),
    formula: "m += (1 − β₁)(g − m); v += (1 − β₂)(g² − v); w −= η·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m / (√v + ε)",
    source: "Kingma and Ba 2015; ε outside the root, Keras 3.15",
    examples: ["compile adam", "compile adam lr=0.0003"],
    make: { Adam(learningRate: $0, beta1: $1, beta2: $2, epsilon: $3, amsgrad: $4) },
    settings: { ($0.learningRate, $0.beta1, $0.beta2, $0.epsilon, $0.amsgrad) })

  public init(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
    amsgrad: Bool = false
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.amsgrad = amsgrad
  }

  public var slotCount: Int { amsgrad ? 3 : 2 }

  public func constants(at step: Step) -> StepConstants {
    var constants = StepConstants(step, epsilon: epsilon)
    let t = Double(step.number)
    constants.rate = Float(step.learningRate * (1 - pow(beta2, t)).squareRoot() / (1 - pow(beta1, t)))
    (constants.new_mean, constants.new_size) = (Float(1 - beta1), Float(1 - beta2))
    return constants
  }

  public func update(_ weights: Block, gradient: Block, slots: Slots, _ constants: StepConstants) {
    let (shape, mean, size) = (weights.shape(gradient: gradient), slots[0].base, slots[1].base)
    guard amsgrad else { return kernels.adam(weights.base, gradient.base, mean, size, shape, constants) }
    kernels.amsgrad(weights.base, gradient.base, mean, size, slots[2].base, shape, constants)
  }
}
