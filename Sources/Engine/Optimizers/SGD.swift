import CKernels
import Grammar

/// Stochastic gradient descent: w −= η·g, with momentum m = μ·m − η·g, w += m (nesterov: w += μ·m − η·g), after Keras
/// 3.15.
public struct SGD: Optimizer {
  public let learningRate: Double
  public let momentum: Double
  public let nesterov: Bool

  public static let form = Form<SGD>(
    "sgd", "Gradient descent: a step against the gradient.",
    .learningRate(0.01),
    .named("momentum", .number(0...1), default: 0, "the share of the last step that is kept"),
    .named("nesterov", .flag, default: false, "look ahead along the momentum"),
    formula: "m = μ·m − η·g; w += m, or w += μ·m − η·g with nesterov",
    source: "Robbins and Monro 1951, momentum Polyak 1964, Nesterov 1983; Keras 3.15",
    examples: ["compile sgd lr=0.1 momentum=0.9 nesterov=yes"],
    make: { SGD(learningRate: $0, momentum: $1, nesterov: $2) },
    settings: { ($0.learningRate, $0.momentum, $0.nesterov) })

  public init(learningRate: Double = 0.01, momentum: Double = 0, nesterov: Bool = false) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.nesterov = nesterov
  }

  public var slotCount: Int { momentum > 0 ? 1 : 0 }

  public func constants(at step: Step) -> StepConstants {
    var constants = StepConstants(step)
    constants.momentum = Float(momentum)
    return constants
  }

  public func update(_ weights: Block, gradient: Block, slots: Slots, _ constants: StepConstants) {
    let shape = weights.shape(gradient: gradient)
    guard slotCount > 0 else { return kernels.sgd(weights.base, gradient.base, shape, constants) }
    kernels.momentum(weights.base, gradient.base, slots[0].base, shape, constants, nesterov)
  }
}
