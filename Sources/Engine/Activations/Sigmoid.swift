import CKernels
import Glibc
import Grammar

/// Squeezes every number into 0 … 1: f(x) = 1 / (1 + e⁻ˣ).
public struct Sigmoid: Activation {
  public static let form = Form<Sigmoid>(
    "sigmoid", "Squeezes every output into 0 … 1, as a probability of its own.", formula: "f(x) = 1 / (1 + exp(−x))",
    source: "the logistic function; Keras 3.15",
    examples: ["add dense 10 sigmoid"], make: { Sigmoid() }, settings: { _ in () })

  public init() {}

  public var givesProbabilities: Bool { true }

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.sigmoid(x.base, y.base, x.count)
  }

  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.sigmoid_backward(y.base, gradient.base, x.count)
  }

  /// One number's; never raises e to a positive power, so it cannot overflow.
  @inline(__always)
  static func value(_ x: Float) -> Float {
    let power = expf(-abs(x))
    return (x >= 0 ? 1 : power) / (1 + power)
  }
}
