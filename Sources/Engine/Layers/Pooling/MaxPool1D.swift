import Grammar

/// Keeps the largest number under each place of a window that slides along a sequence, in each channel by itself.
///
/// `[batch, steps, channels] → [batch, places, channels]`; what lies outside does not count,
/// and NaN is the largest of all. The gradient goes to the first of several largest numbers. After Keras 3.15.
public struct MaxPool1D: Layer {
  private let image: MaxPool2D

  public static let form = Form<MaxPool1D>(
    "maxpool1d", "Makes sequences shorter: keeps the largest number under each place of a window.",
    .sequencePoolSize(), .sequencePoolStrides(), .poolPadding(),
    formula: "y[s, c] = max of x[s·stride + i, c] over the window",
    source: "Keras 3.15", otherNames: ["MaxPooling1D"],
    examples: ["add maxpool1d 2", "add maxpool1d 3 strides=2 padding=same"],
    make: { MaxPool1D(size: $0, strides: $1, padding: $2) },
    settings: {
      let window = $0.image.window
      let strides = window.strides.width
      return (window.size.width, strides == window.size.width ? nil : strides, window.padding)
    })

  /// - Parameter strides: the window's size when nil.
  public init(size: Int = 2, strides: Int? = nil, padding: Padding = .valid) {
    image = MaxPool2D(size: Pair(1, size), strides: Pair(1, strides ?? size), padding: padding)
  }

  public func inputShape(forData data: Shape) -> Shape { Sequences.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    let window = image.window
    let padded = MaxPool1D(size: window.size.width, strides: window.strides.width, padding: .same)
    let steps = try Sequences.steps(input, window, of: name, part: "window", remedy: MaxPool1D.form.line(padded))
    return [steps, input[1]]
  }

  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    OneRow(image, of: input, in: &plan)
  }
}

extension Parameter where Value == Int {
  static func sequencePoolSize() -> Parameter {
    Parameter("pool_size", .steps, default: 2, "steps of the window")
  }
}

extension Parameter where Value == Int? {
  static func sequencePoolStrides() -> Parameter {
    Parameter(
      "strides", ArgumentType.steps.optional, default: .some(nil),
      "steps from one place to the next; else the pool's size")
  }
}

extension Parameter where Value == Padding {
  static func poolPadding() -> Parameter {
    Parameter(
      "padding",
      .choice("padding", help: { $0 == .valid ? "only places inside the sequence" : "places over its ends too" }),
      default: .valid, "what happens at the ends")
  }
}
