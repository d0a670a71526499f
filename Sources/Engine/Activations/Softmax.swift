import CKernels
import Grammar

/// Turns the last axis into probabilities that add up to 1: f(x)ᵢ = e^xᵢ / Σ e^xⱼ.
///
/// The largest input is subtracted first, so no power overflows.
public struct Softmax: Activation {
  public static let form = Form<Softmax>(
    "softmax", "Turns the outputs into probabilities of the classes, which add up to 1.",
    formula: "f(x)ᵢ = exp(xᵢ) / Σⱼ exp(xⱼ), along the last axis",
    source: "Bridle 1990; Keras 3.15",
    examples: ["add dense 10 softmax"], make: { Softmax() }, settings: { _ in () })

  public init() {}

  public static var isElementwise: Bool { false }
  public var givesProbabilities: Bool { true }

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.softmax(x.base, y.base, x.count / width, width)
  }

  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.softmax_backward(y.base, gradient.base, y.count / width, width)
  }
}
