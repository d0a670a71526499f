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

  public func forward(_ x: Floats, into y: Floats, width: Int) {
    for i in 0..<x.count { y[i] = x[i] > 0 ? x[i] : 0 }
  }

  public func backward(_ gradient: Floats, x: Floats, y: Floats, width: Int) {
    // Read first, chosen then: so the loop has no branch and takes several numbers at once.
    for i in 0..<y.count {
      let slope = gradient[i]
      gradient[i] = y[i] > 0 ? slope : 0
    }
  }
}
