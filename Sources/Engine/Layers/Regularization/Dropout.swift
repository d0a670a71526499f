import CKernels
import Grammar

/// Makes a share of the numbers 0 while training, and the rest larger, so that the sum stays the same on average.
///
/// `[batch, …] → [batch, …]`; y = x / (1 − rate) where a random number is at least `rate`, else 0; y = x when not
/// training (Srivastava et al. 2014; the rescaling after Keras 3.15).
public struct Dropout: Layer, Operation {
  /// Probability that a number becomes 0, 0 ..< 1.
  public let rate: Double

  public static let form = Form<Dropout>(
    "dropout", "Makes a share of the numbers 0 while training, against overfitting.",
    Parameter("rate", .number(0..<1), "the share that becomes 0"),
    formula: "training: x / (1 − rate) or 0; otherwise x",
    source: "Srivastava et al. 2014; Keras 3.15",
    examples: ["add dropout 0.5"], make: { Dropout(rate: $0) }, settings: { $0.rate })

  public init(rate: Double) { self.rate = rate }

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape { input }

  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    plan.keep(each: input.count)
    return self
  }

  public func forward(_ pass: ForwardPass) {
    guard pass.isTraining else { return pass.output.copy(from: pass.input) }
    let mask = DropMask(rate: rate, seed: pass.seed)
    pass.threads.split(pass.input.count, into: 16) { range in
      let start = range.lowerBound
      mask.apply(
        to: pass.input.base + start, from: start, count: range.count, saved: pass.saved.base + start,
        into: pass.output.base + start)
    }
  }

  public func backward(_ pass: BackwardPass) {
    guard let inputGradient = pass.inputGradient else { return }
    pass.threads.split(inputGradient.count, into: 16) { range in
      let start = range.lowerBound
      kernels.multiply(
        pass.outputGradient.base + start, pass.saved.base + start, inputGradient.base + start, range.count)
    }
  }
}
