import Grammar

/// Normal numbers, not truncated, after Keras 3.15.
public struct RandomNormal: Initializer {
  public let mean: Double
  public let deviation: Double

  public static let form = Form<RandomNormal>(
    "random_normal", "Normal numbers of one size, whatever the shape.",
    .named("mean", .number, default: 0, "what they lie around"),
    .named("stddev", .number(0...), default: 0.05, "the standard deviation"),
    formula: "normal, variance stddev²",
    source: "Keras 3.15",
    examples: ["add dense 64 relu kernel_initializer=\"random_normal stddev=0.1\""],
    make: { RandomNormal(mean: $0, deviation: $1) }, settings: { ($0.mean, $0.deviation) })

  public init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
  }

  public func fill(_ values: FloatSpan, shape: Shape, random: inout Random) {
    for i in 0..<values.count { values[i] = Float(mean + deviation * random.normal()) }
  }
}
