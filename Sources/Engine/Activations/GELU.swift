import CKernels
import Grammar

/// Weighs each number by how likely a normal number is to lie below it: f(x) = x·Φ(x) (Hendrycks and Gimpel 2016).
///
/// Exact, Φ(x) = ½·(1 + erf(x / √2)), as Keras 3.15 computes it where `approximate` is not given.
public struct GELU: Activation {
  public static let form = Form<GELU>(
    "gelu", "Weighs each output by how likely a normal number is to lie below it, a smooth relu.",
    formula: "f(x) = x·½·(1 + erf(x / √2))",
    source: "Hendrycks and Gimpel 2016; Keras 3.15",
    examples: ["add dense 64 gelu"], make: { GELU() }, settings: { _ in () })

  /// Two inputs give the same output, so the output does not tell the gradient.
  public static var needsInput: Bool { true }

  public init() {}

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.gelu(x.base, y.base, x.count)
  }

  /// ∂f/∂x = Φ(x) + x·φ(x)
  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.gelu_backward(x.base, gradient.base, x.count)
  }
}
