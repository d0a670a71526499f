import CKernels
import Grammar

/// Weighs each number by its own sigmoid: f(x) = x / (1 + e⁻ˣ), also called swish (Ramachandran, Zoph and Le 2017).
public struct SiLU: Activation {
  public static let form = Form<SiLU>(
    "silu", "Weighs each output by its own sigmoid, a smooth relu; also called swish.",
    formula: "f(x) = x / (1 + exp(−x))",
    source: "Ramachandran, Zoph and Le 2017; Keras 3.15", otherNames: ["swish"],
    examples: ["add dense 64 silu"], make: { SiLU() }, settings: { _ in () })

  /// Two inputs give the same output, so the output does not tell the gradient.
  public static var needsInput: Bool { true }

  public init() {}

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.silu(x.base, y.base, x.count)
  }

  /// ∂f/∂x = σ(x)·(1 + x·(1 − σ(x)))
  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.silu_backward(x.base, gradient.base, x.count)
  }
}
