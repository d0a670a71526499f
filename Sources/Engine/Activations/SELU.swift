import CKernels
import Grammar

/// An elu whose two constants keep the outputs near mean 0 and variance 1 from layer to layer.
///
/// f(x) = s·x where x > 0, else s·α·(eˣ − 1) (Klambauer et al. 2017; Keras 3.15). Meant for weights that begin as
/// `lecun_normal`.
public struct SELU: Activation {
  private static let alpha: Float = 1.6732632423543772
  private static let scale: Float = 1.0507009873554805

  public static let form = Form<SELU>(
    "selu", "An elu with fixed constants, which keeps outputs near mean 0 and variance 1 from layer to layer.",
    formula: "f(x) = 1.0507·x where x > 0, else 1.0507·1.6733·(exp(x) − 1)",
    source: "Klambauer et al. 2017; Keras 3.15",
    examples: ["add dense 64 selu kernel_initializer=lecun_normal"], make: { SELU() }, settings: { _ in () })

  public init() {}

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    kernels.elu(x.base, y.base, SELU.alpha, SELU.scale, x.count)
  }

  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    kernels.elu_backward(y.base, gradient.base, SELU.alpha, SELU.scale, x.count)
  }
}
