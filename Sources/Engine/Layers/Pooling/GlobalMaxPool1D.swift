import Grammar

/// Keeps the largest number of each channel over the whole sequence: `[batch, steps, channels] → [batch, channels]`;
/// NaN is the largest of all.
///
/// The gradient is shared evenly by numbers that are equally large. After Keras 3.15 `GlobalMaxPooling1D`.
public struct GlobalMaxPool1D: Layer {
  public static let form = Form<GlobalMaxPool1D>(
    "globalmaxpool1d", "Keeps the largest number of each channel over the whole sequence.",
    formula: "y[c] = max of x[s, c] over all steps",
    source: "Keras 3.15", otherNames: ["GlobalMaxPooling1D"],
    examples: ["add globalmaxpool1d"], make: { GlobalMaxPool1D() }, settings: { _ in () })

  private let image = GlobalMaxPool2D()

  public init() {}

  public func inputShape(forData data: Shape) -> Shape { Sequences.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    try Sequences.require(input, for: name)
    return [input.last]
  }

  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    OneRow(image, of: input, in: &plan)
  }
}
