import Grammar

/// Even over one range, after Keras 3.15.
public struct RandomUniform: Initializer {
  public let minimum: Double
  public let maximum: Double

  public static let form = Form<RandomUniform>(
    "random_uniform", "Even over one range, whatever the shape.",
    .named("minval", .number, default: -0.05, "where the range begins"),
    .named("maxval", .number, default: 0.05, "where the range ends"),
    formula: "uniform in minval … maxval",
    source: "Keras 3.15",
    examples: ["add dense 64 relu kernel_initializer=\"random_uniform minval=-0.1 maxval=0.1\""],
    make: { RandomUniform(minimum: $0, maximum: $1) }, settings: { ($0.minimum, $0.maximum) })

  public init(minimum: Double, maximum: Double) {
    self.minimum = minimum
    self.maximum = maximum
  }

  public func fill(_ values: FloatSpan, shape: Shape, random: inout Random) {
    for i in 0..<values.count { values[i] = Float(minimum + (maximum - minimum) * random.uniform()) }
  }
}
