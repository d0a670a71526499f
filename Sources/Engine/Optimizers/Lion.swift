import CKernels
import Grammar

/// Steps of one size, by the sign of the mean gradient alone: w −= η·sign(β₁·m + (1 − β₁)·g), then
/// m = β₂·m + (1 − β₂)·g (Chen et al. 2023; Keras 3.15).
public struct Lion: Optimizer {
  public let learningRate: Double
  public let beta1: Double
  public let beta2: Double

  public static let form = Form<Lion>(
    "lion", "Makes steps of one size against the sign of the mean gradient; wants a smaller lr than adam.",
    .learningRate(0.001),
    .named("beta_1", .number(0...1), default: 0.9, "the share of the mean in the step's direction"),
    .named("beta_2", .number(0...1), default: 0.99, "the share of the old mean that is kept"),
    formula: "w −= η·sign(β₁·m + (1 − β₁)·g); m = β₂·m + (1 − β₂)·g",
    source: "Chen et al. 2023; Keras 3.15",
    examples: ["compile lion lr=0.0003"],
    make: { Lion(learningRate: $0, beta1: $1, beta2: $2) },
    settings: { ($0.learningRate, $0.beta1, $0.beta2) })

  public init(learningRate: Double, beta1: Double, beta2: Double) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
  }

  public var slotCount: Int { 1 }

  public func constants(at step: Step) -> StepConstants {
    var constants = StepConstants(step)
    (constants.keep_mean, constants.new_mean) = (Float(beta1), Float(1 - beta1))
    (constants.keep_size, constants.new_size) = (Float(beta2), Float(1 - beta2))
    return constants
  }

  public func update(_ weights: Block, gradient: Block, slots: Slots, _ constants: StepConstants) {
    kernels.lion(weights.base, gradient.base, slots[0].base, weights.shape(gradient: gradient), constants)
  }
}
