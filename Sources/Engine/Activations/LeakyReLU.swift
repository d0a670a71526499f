import CKernels
import Grammar

/// Lets a little of what is negative through: f(x) = x where x > 0, else s·x.
///
/// After Keras 3.15, whose slope is steeper than that of its inventors (Maas, Hannun and Ng 2013); the gradient at 0 is
/// s.
public struct LeakyReLU: Activation {
  public let negativeSlope: Double

  public static let form = Form<LeakyReLU>(
    "leaky_relu", "Keeps what is positive and a little of the rest, so that no unit falls silent.",
    .named("negative_slope", .number(0...), default: 0.2, "the share of what is negative that is kept"),
    formula: "f(x) = x where x > 0, else negative_slope·x",
    source: "Maas, Hannun and Ng 2013; Keras 3.15",
    examples: ["add dense 64 leaky_relu", "add dense 64 \"leaky_relu negative_slope=0.1\""],
    make: { LeakyReLU(negativeSlope: $0) }, settings: { $0.negativeSlope })

  public init(negativeSlope: Double) { self.negativeSlope = negativeSlope }

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.leaky_relu(x.base, y.base, Float(negativeSlope), x.count)
  }

  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.leaky_relu_backward(y.base, gradient.base, Float(negativeSlope), x.count)
  }
}
