import Grammar

/// Even over ±√(6 / fan in), of variance 2 / fan in (He et al. 2015; Keras 3.15).
public struct HeUniform: Initializer {
  public static let form = Form<HeUniform>(
    "he_uniform", "Even over a range that keeps signals as strong after relu as before it.",
    formula: "uniform in ±√(6 / fan_in)",
    source: "He et al. 2015; Keras 3.15", otherNames: ["kaiming_uniform"],
    examples: ["add dense 64 relu kernel_initializer=he_uniform"], make: { HeUniform() }, settings: { _ in () })

  public init() {}

  public func fill(_ values: FloatSpan, shape: Shape, random: inout Random) {
    values.fillEvenly(variance: 2 / Fans(shape).in, random: &random)
  }
}
