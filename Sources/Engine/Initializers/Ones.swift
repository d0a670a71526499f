import Grammar

/// All 1.
public struct Ones: Initializer {
  public static let form = Form<Ones>(
    "ones", "All 1.",
    source: "Keras 3.15",
    examples: ["add dense 64 relu bias_initializer=ones"], make: { Ones() }, settings: { _ in () })

  public init() {}

  public func fill(_ values: FloatSpan, shape: Shape, random: inout Random) { values.fill(1) }
}
