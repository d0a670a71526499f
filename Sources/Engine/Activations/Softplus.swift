import CKernels
import Grammar

/// A relu without its corner: f(x) = log(1 + eˣ), computed as max(x, 0) + log(1 + e^−|x|), which cannot overflow.
public struct Softplus: Activation {
  public static let form = Form<Softplus>(
    "softplus", "A relu without its corner; every output is above 0.", formula: "f(x) = log(1 + exp(x))",
    source: "Dugas et al. 2001; Keras 3.15",
    examples: ["add dense 64 softplus"], make: { Softplus() }, settings: { _ in () })

  public init() {}

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.softplus(x.base, y.base, x.count)
  }

  /// ∂f/∂x = σ(x) = 1 − e^−f(x)
  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.softplus_backward(y.base, gradient.base, x.count)
  }
}
