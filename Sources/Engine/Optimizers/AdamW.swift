import CKernels
import Grammar

/// Adam, with weights that shrink by themselves: w −= η·λ·w, then as adam (Loshchilov and Hutter 2019; Keras 3.15).
///
/// λ is what `weight_decay=` says, which every optimizer takes; this one has some of its own where nothing is said.
public struct AdamW: Optimizer {
  private let adam: Adam

  public static let form = Form<AdamW>(
    "adamw", "Adam with a weight decay of \(defaultWeightDecay) where weight_decay= does not say otherwise.",
    .learningRate(0.001),
    .named("beta_1", .number(0..<1), default: 0.9, "the share of the old mean that is kept"),
    .named("beta_2", .number(0..<1), default: 0.999, "the share of the old size that is kept"),
    .named("epsilon", .positive, default: 1e-7, "keeps the divisor away from 0"),
    .named("amsgrad", .flag, default: false, "divide by the largest size so far"),
    formula: "w −= η·λ·w, λ the weight decay; then as adam",
    source: "Loshchilov and Hutter 2019; Keras 3.15",
    examples: ["compile adamw", "compile adamw lr=0.0003 weight_decay=0.01"],
    make: { AdamW(Adam(learningRate: $0, beta1: $1, beta2: $2, epsilon: $3, amsgrad: $4)) },
    settings: {
      let adam = $0.adam
      return (adam.learningRate, adam.beta1, adam.beta2, adam.epsilon, adam.amsgrad)
    })

  public static var defaultWeightDecay: Double { 0.004 }

  public init(_ adam: Adam = Adam()) { self.adam = adam }

  public var learningRate: Double { adam.learningRate }
  public var slotCount: Int { adam.slotCount }

  public func constants(at step: Step) -> StepConstants { adam.constants(at: step) }

  public func update(_ weights: Block, gradient: Block, slots: Slots, _ constants: StepConstants) {
    adam.update(weights, gradient: gradient, slots: slots, constants)
  }
}
