import CKernels
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

  public func constants(at step: Step) -> StepConstants {
    var constants = StepConstants(step, epsilon: epsilon)
    (constants.keep_size, constants.new_size) = (Float(rho), Float(1 - rho))
    return constants
  }

  public func update(_ weights: Block, gradient: Block, slots: Slots, _ constants: StepConstants) {
    kernels.adadelta(
      weights.base, gradient.base, slots[0].base, slots[1].base, weights.shape(gradient: gradient), constants)
  }
}
