import Grammar

/// Normal with variance 2 / (fan in + fan out), truncated at two deviations (Glorot and Bengio 2010; Keras 3.15).
public struct GlorotNormal: ScaledInitializer {
  public static let form = Form<GlorotNormal>(
    "glorot_normal", "Normal numbers of a size that keeps signals as strong forwards as backwards.",
    formula: "normal, variance 2 / (fan_in + fan_out), truncated at 2 deviations",
    source: "Glorot and Bengio 2010; Keras 3.15", otherNames: ["xavier_normal"],
    examples: ["add dense 64 relu kernel_initializer=glorot_normal"], make: { GlorotNormal() }, settings: { _ in () })

  public init() {}

  public static let isEven = false

  public func variance(_ fans: Fans) -> Double { 2 / (fans.in + fans.out) }
}
