import CKernels
import Grammar

/// Divides each step by the gradient's recent size: v = ρ·v + (1 − ρ)·g², w −= η·g / √(v + ε).
///
/// ε stands inside the root, after Keras 3.15; with momentum m = μ·m + step, w −= m; centered subtracts the square of
/// the mean gradient from v (Hinton 2012).
public struct RMSprop: Optimizer {
  public let learningRate: Double
  public let rho: Double
  public let momentum: Double
  public let epsilon: Double
  public let centered: Bool

  public static let form = Form<RMSprop>(
    "rmsprop", "Divides each step by the gradient's recent size, so that all weights learn at a similar pace.",
    .learningRate(0.001),
    .named("rho", .number(0...1), default: 0.9, "the share of the old size that is kept"),
    .named("momentum", .number(0...1), default: 0, "the share of the last step that is kept"),
    .named("epsilon", .positive, default: 1e-7, "keeps the root away from 0"),
    .named("centered", .flag, default: false, "divide by the deviation instead of the size"),
    formula: "v = ρ·v + (1 − ρ)·g²; w −= η·g / √(v + ε)",
    source: "Hinton 2012; ε inside the root, Keras 3.15",
    examples: ["compile rmsprop", "compile rmsprop lr=0.0005 rho=0.95"],
    make: { RMSprop(learningRate: $0, rho: $1, momentum: $2, epsilon: $3, centered: $4) },
    settings: { ($0.learningRate, $0.rho, $0.momentum, $0.epsilon, $0.centered) })

  public init(
    learningRate: Double = 0.001, rho: Double = 0.9, momentum: Double = 0, epsilon: Double = 1e-7,
    centered: Bool = false
  ) {
    self.learningRate = learningRate
    self.rho = rho
    self.momentum = momentum
    self.epsilon = epsilon
    self.centered = centered
  }

  public var slotCount: Int { 1 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0) }

  public func constants(at step: Step) -> StepConstants {
    var constants = StepConstants(step, epsilon: epsilon)
    (constants.keep_size, constants.new_size) = (Float(rho), Float(1 - rho))
    constants.momentum = Float(momentum)
    return constants
  }

  public func update(_ weights: Block, gradient: Block, slots: Slots, _ constants: StepConstants) {
    let (shape, size) = (weights.shape(gradient: gradient), slots[0].base)
    guard slotCount > 1 else { return kernels.rmsprop(weights.base, gradient.base, size, shape, constants) }
    let (mean, last) = (centered ? slots[1].base : nil, momentum > 0 ? slots[slotCount - 1].base : nil)
    kernels.rmsprop_variant(weights.base, gradient.base, size, mean, last, shape, constants)
  }
}
