import CKernels
import Grammar

/// Bends what is negative towards −α: f(x) = x where x > 0, else α·(eˣ − 1) (Clevert, Unterthiner and Hochreiter 2016).
///
/// The gradient where x ≤ 0 is f(x) + α, so the one at 0 is α, after Keras 3.15.
public struct ELU: Activation {
  public let alpha: Double

  public static let form = Form<ELU>(
    "elu", "Keeps what is positive and bends the rest smoothly towards a floor.",
    .named("alpha", .number(0...), default: 1, "how deep below 0 the floor is"),
    formula: "f(x) = x where x > 0, else alpha·(exp(x) − 1)",
    source: "Clevert, Unterthiner and Hochreiter 2016; Keras 3.15",
    examples: ["add dense 64 elu", "add dense 64 \"elu alpha=0.5\""],
    make: { ELU(alpha: $0) }, settings: { $0.alpha })

  public init(alpha: Double) { self.alpha = alpha }

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.elu(x.base, y.base, Float(alpha), 1, x.count)
  }

  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.elu_backward(y.base, gradient.base, Float(alpha), 1, x.count)
  }
}
