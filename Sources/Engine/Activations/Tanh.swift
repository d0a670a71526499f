import CKernels
import Grammar

/// Squeezes every number into −1 … 1: f(x) = tanh x.
public struct Tanh: Activation {
  public static let form = Form<Tanh>(
    "tanh", "Squeezes every output into −1 … 1.", formula: "f(x) = tanh x",
    source: "Keras 3.15",
    examples: ["add dense 64 tanh"], make: { Tanh() }, settings: { _ in () })

  public init() {}

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.tanh(x.base, y.base, x.count)
  }

  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.tanh_backward(y.base, gradient.base, x.count)
  }
}
