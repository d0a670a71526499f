import CKernels
import Grammar

/// Cuts off what is negative: f(x) = max(x, 0).
///
/// The gradient at 0 is 0, after Keras 3.
public struct ReLU: Activation {
  public static let form = Form<ReLU>(
    "relu", "Keeps what is positive and makes the rest 0.", formula: "f(x) = max(x, 0)",
    source: "Nair and Hinton 2010; gradient 0 at 0, Keras 3.15",
    examples: ["add dense 512 relu"], make: { ReLU() }, settings: { _ in () })

  public init() {}

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.relu(x.base, y.base, x.count)
  }

  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.relu_backward(y.base, gradient.base, x.count)
  }
}
