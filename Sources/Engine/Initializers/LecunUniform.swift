import Grammar

/// Even over ±√(3 / fan in), of variance 1 / fan in (LeCun et al. 1998; Keras 3.15).
public struct LecunUniform: ScaledInitializer {
  public static let form = Form<LecunUniform>(
    "lecun_uniform", "Even over a range that keeps the variance of the inputs.",
    formula: "uniform in ±√(3 / fan_in)",
    source: "LeCun et al. 1998; Keras 3.15",
    examples: ["add dense 64 relu kernel_initializer=lecun_uniform"], make: { LecunUniform() }, settings: { _ in () })

  public init() {}

  public static let isEven = true

  public func variance(_ fans: Fans) -> Double { 1 / fans.in }
}
