import Grammar

/// Even over ±√(6 / fan in), of variance 2 / fan in (He et al. 2015; Keras 3.15).
public struct HeUniform: ScaledInitializer {
  public static let form = Form<HeUniform>(
    "he_uniform", "Even over a range that keeps signals as strong after relu as before it.",
    formula: "uniform in ±√(6 / fan_in)",
    source: "He et al. 2015; Keras 3.15", otherNames: ["kaiming_uniform"],
    examples: ["add dense 64 relu kernel_initializer=he_uniform"], make: { HeUniform() }, settings: { _ in () })

  public init() {}

  public static let isEven = true

  public func variance(_ fans: Fans) -> Double { 2 / fans.in }
}
