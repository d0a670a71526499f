import Grammar

/// Takes the mean under each place of a window that slides along a sequence, in each channel by itself.
///
/// `[batch, steps, channels] → [batch, places, channels]`; what lies outside the sequence
/// does not count, neither in the sum nor in how many there are. After Keras 3.15.
public struct AvgPool1D: Layer {
  private let image: AvgPool2D

  public static let form = Form<AvgPool1D>(
    "avgpool1d", "Makes sequences shorter: takes the mean under each place of a window.",
    .sequencePoolSize(), .sequencePoolStrides(), .poolPadding(),
    formula: "y[s, c] = mean of x[s·stride + i, c] over the window",
    source: "Keras 3.15", otherNames: ["AveragePooling1D"],
    examples: ["add avgpool1d 2", "add avgpool1d 3 strides=2 padding=same"],
    make: { AvgPool1D(size: $0, strides: $1, padding: $2) },
    settings: {
      let window = $0.image.window
      let strides = window.strides.width
      return (window.size.width, strides == window.size.width ? nil : strides, window.padding)
    })

  /// - Parameter strides: the window's size when nil.
  public init(size: Int = 2, strides: Int? = nil, padding: Padding = .valid) {
    image = AvgPool2D(size: Pair(1, size), strides: Pair(1, strides ?? size), padding: padding)
  }

  public func inputShape(forData data: Shape) -> Shape { Sequences.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    let window = image.window
    let padded = AvgPool1D(size: window.size.width, strides: window.strides.width, padding: .same)
    let steps = try Sequences.steps(input, window, of: name, part: "window", remedy: AvgPool1D.form.line(padded))
    return [steps, input[1]]
  }

  public func products(for input: Shape) -> Int { image.products(for: Sequences.image(input)) }

  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    OneRow(image, of: input, in: &plan)
  }
}
