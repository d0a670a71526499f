import CKernels
import Grammar

/// Raises e to every number: f(x) = eˣ; above 88.7 that is infinite in single precision, as in Keras 3.15.
public struct Exponential: Activation {
  public static let form = Form<Exponential>(
    "exponential", "Raises e to every output, for numbers that are never below 0.", formula: "f(x) = exp(x)",
    source: "Keras 3.15",
    examples: ["add dense 64 exponential"], make: { Exponential() }, settings: { _ in () })

  public init() {}

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.exponential(x.base, y.base, x.count)
  }

  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.multiply(gradient.base, y.base, gradient.base, y.count)
  }
}
