import CKernels
import Grammar

/// A sigmoid of three straight lines: f(x) = min(max(x + 3, 0), 6) / 6.
///
/// The slope is 1/6 inside and 0 from ±3 on, after Keras 3.15 (Keras 2 had 0.2·x + 0.5).
public struct HardSigmoid: Activation {
  public static let form = Form<HardSigmoid>(
    "hard_sigmoid", "Squeezes every output into 0 … 1 along straight lines, which is quick.",
    formula: "f(x) = min(max(x + 3, 0), 6) / 6",
    source: "Keras 3.15; Keras 2 had 0.2·x + 0.5",
    examples: ["add dense 64 hard_sigmoid"], make: { HardSigmoid() }, settings: { _ in () })

  public init() {}

  public var givesProbabilities: Bool { true }

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.hard_sigmoid(x.base, y.base, x.count)
  }

  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.hard_sigmoid_backward(y.base, gradient.base, x.count)
  }
}
