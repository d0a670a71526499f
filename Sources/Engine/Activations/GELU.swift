import Glibc
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
    for i in 0..<x.count { y[i] = x[i] * GELU.share(x[i]) }
  }

  /// ∂f/∂x = Φ(x) + x·φ(x)
  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    let height = Float(1 / (2 * Double.pi).squareRoot())
    for i in 0..<x.count {
      gradient[i] *= GELU.share(x[i]) + x[i] * height * expf(-0.5 * x[i] * x[i])
    }
  }

  /// Φ(x); by the complement, which keeps its digits where x is far below 0.
  @inline(__always)
  private static func share(_ x: Float) -> Float { 0.5 * erfcf(-x * Float(0.5.squareRoot())) }
}
