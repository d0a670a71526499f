import CKernels
import Grammar

/// Divides each step by the size of all gradients so far: a += g², w −= η·g / √(a + ε).
///
/// ε stands inside the root, and a begins above 0, after Keras 3.15 (Duchi, Hazan and Singer 2011).
public struct Adagrad: Optimizer {
  public let learningRate: Double
  public let initialAccumulator: Double
  public let epsilon: Double

  public static let form = Form<Adagrad>(
    "adagrad", "Divides each step by the size of all gradients so far, so that rare features learn faster.",
    .learningRate(0.001),
    .named("initial_accumulator_value", .number(0...), default: 0.1, "the size that stands there before the first"),
    .named("epsilon", .positive, default: 1e-7, "keeps the root away from 0"),
    formula: "a += g²; w −= η·g / √(a + ε)",
    source: "Duchi, Hazan and Singer 2011; ε inside the root, Keras 3.15",
    examples: ["compile adagrad lr=0.01"],
    make: { Adagrad(learningRate: $0, initialAccumulator: $1, epsilon: $2) },
    settings: { ($0.learningRate, $0.initialAccumulator, $0.epsilon) })

  public init(learningRate: Double, initialAccumulator: Double, epsilon: Double) {
    self.learningRate = learningRate
    self.initialAccumulator = initialAccumulator
    self.epsilon = epsilon
  }

  public var slotCount: Int { 1 }

  public func start(slot: Int) -> Float { Float(initialAccumulator) }

  public func constants(at step: Step) -> StepConstants {
    StepConstants(step, epsilon: epsilon)
  }

  public func update(_ weights: Block, gradient: Block, slots: Slots, _ constants: StepConstants) {
    kernels.adagrad(weights.base, gradient.base, slots[0].base, weights.shape(gradient: gradient), constants)
  }
}
