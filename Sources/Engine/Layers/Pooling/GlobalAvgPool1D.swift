import Grammar

/// Takes the mean of each channel over the whole sequence: `[batch, steps, channels] → [batch, channels]`.
///
/// After Keras 3.15 `GlobalAveragePooling1D`.
public struct GlobalAvgPool1D: Layer {
  public static let form = Form<GlobalAvgPool1D>(
    "globalavgpool1d", "Takes the mean of each channel over the whole sequence.",
    formula: "y[c] = mean of x[s, c] over all steps",
    source: "Keras 3.15", otherNames: ["GlobalAveragePooling1D"],
    examples: ["add globalavgpool1d"], make: { GlobalAvgPool1D() }, settings: { _ in () })

  private let image = GlobalAvgPool2D()

  public init() {}

  public func inputShape(forData data: Shape) -> Shape { Sequences.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    try Sequences.require(input, for: name)
    return [input.last]
  }

  public func products(for input: Shape) -> Int { image.products(for: Sequences.image(input)) }

  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    OneRow(image, of: input, in: &plan)
  }
}
