import Grammar

/// Normal with variance 1 / fan in, truncated at two deviations (LeCun et al. 1998; Keras 3.15).
public struct LecunNormal: ScaledInitializer {
  public static let form = Form<LecunNormal>(
    "lecun_normal", "Normal numbers that keep the variance of the inputs, as selu wants them.",
    formula: "normal, variance 1 / fan_in, truncated at 2 deviations",
    source: "LeCun et al. 1998; Keras 3.15",
    examples: ["add dense 64 relu kernel_initializer=lecun_normal"], make: { LecunNormal() }, settings: { _ in () })

  public init() {}

  public static let isEven = false

  public func variance(_ fans: Fans) -> Double { 1 / fans.in }
}
