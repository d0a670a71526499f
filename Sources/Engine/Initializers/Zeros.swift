import Grammar

/// All 0, as biases begin.
public struct Zeros: Initializer {
  public static let form = Form<Zeros>(
    "zeros", "All 0.", source: "Keras 3.15", examples: ["add dense 64 relu bias_initializer=zeros"],
    make: { Zeros() }, settings: { _ in () })

  public init() {}

  public func fill(_ values: FloatSpan, shape: Shape, random: inout Random) { values.fill(0) }
}
