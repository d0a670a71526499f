import CKernels
import Grammar

/// Squeezes every number into −1 … 1, more slowly than tanh: f(x) = x / (1 + |x|).
public struct Softsign: Activation {
  public static let form = Form<Softsign>(
    "softsign", "Squeezes every output into −1 … 1, more slowly than tanh.", formula: "f(x) = x / (1 + |x|)",
    source: "Keras 3.15",
    examples: ["add dense 64 softsign"], make: { Softsign() }, settings: { _ in () })

  public init() {}

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.softsign(x.base, y.base, x.count)
  }

  /// ∂f/∂x = 1 / (1 + |x|)² = (1 − |f(x)|)²
  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.softsign_backward(y.base, gradient.base, x.count)
  }
}
