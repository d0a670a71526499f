import Grammar

/// Normal with variance 2 / fan in, truncated at two deviations (He et al. 2015; Keras 3.15).
public struct HeNormal: ScaledInitializer {
  public static let form = Form<HeNormal>(
    "he_normal", "Normal numbers of a size that keeps signals as strong after relu as before it.",
    formula: "normal, variance 2 / fan_in, truncated at 2 deviations",
    source: "He et al. 2015; Keras 3.15", otherNames: ["kaiming_normal"],
    examples: ["add dense 64 relu kernel_initializer=he_normal"], make: { HeNormal() }, settings: { _ in () })

  public init() {}

  public static let isEven = false

  public func variance(_ fans: Fans) -> Double { 2 / fans.in }
}
