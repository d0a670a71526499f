import Grammar

/// Even over ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010; Keras 3.15).
public struct GlorotUniform: ScaledInitializer {
  public static let form = Form<GlorotUniform>(
    "glorot_uniform", "Even over a range that keeps signals as strong forwards as backwards.",
    formula: "uniform in ±√(6 / (fan_in + fan_out))",
    source: "Glorot and Bengio 2010; Keras 3.15", otherNames: ["xavier_uniform"],
    examples: ["add dense 64 relu kernel_initializer=glorot_uniform"], make: { GlorotUniform() }, settings: { _ in () })

  public init() {}

  public static let isEven = true

  public func variance(_ fans: Fans) -> Double { 2 / (fans.in + fans.out) }
}
