import Grammar

/// Leaves the output as it is: f(x) = x.
public struct Linear: Activation {
  public static let form = Form<Linear>(
    "linear", "Leaves every output as it is, for numbers without bounds.", formula: "f(x) = x",
    source: "Keras 3.15",
    examples: ["add dense 10 linear"], make: { Linear() }, settings: { _ in () })

  public init() {}

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    if x.base != y.base { y.copy(from: x) }
  }

  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {}
}
