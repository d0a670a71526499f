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

  public func asFirst(_ data: Shape) -> Shape { Sequences.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    try Sequences.require(input, for: name)
    return [input.last]
  }

  public func kept(for input: Shape) -> Int { image.kept(for: Sequences.image(input)) }

  public func forward(_ pass: ForwardPass) { image.forward(pass.of(Sequences.image(pass.inputShape))) }

  public func backward(_ pass: BackwardPass) { image.backward(pass.of(Sequences.image(pass.inputShape))) }
}
