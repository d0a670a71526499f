import Grammar

/// Slides small kernels along sequences, and says at every step how much of each kernel's pattern is there.
///
/// `[batch, steps, channels] → [batch, places, filters]`; kernel `[steps, channels, filters]`, bias `[filters]`, after
/// Keras 3.15. A sequence is an image of one row, and this a convolution of it. As the first layer it gives numbers
/// without channels one.
public struct Conv1D: Layer {
  private let image: Conv2D

  public static let form = Form<Conv1D>(
    "conv1d", "Slides small kernels along sequences; each finds one pattern wherever it is.",
    Parameter("filters", .integer(1...), "how many kernels, and so output channels"),
    Parameter("kernel", .steps, "steps of a kernel"),
    Parameter("activation", Activations.catalogue.names, default: Linear(), "what is applied to each output"),
    .sequenceStrides(default: 1), .sequencePadding(), .sequenceDilation(), .useBias(), .kernelInitializer(),
    .biasInitializer(), .l1(), .l2(),
    formula: "y[s, f] = activation(Σ x[s·stride + i·dilation, c]·W[i, c, f] + b[f])",
    source: "Keras 3.15",
    examples: ["add conv1d 32 7 relu", "add conv1d 16 3 relu padding=causal dilation=2"],
    make: { filters, kernel, activation, strides, padding, dilation, bias, kernelStart, biasStart, l1, l2 in
      Conv1D(
        filters: filters, kernel: kernel, activation: activation, strides: strides, padding: padding,
        dilation: dilation, KernelChoices(bias, kernelStart, biasStart, l1, l2))
    },
    settings: { layer in
      let (window, choices) = (layer.image.window, layer.image.choices)
      return (
        layer.image.filters, window.size.width, layer.image.activation, window.strides.width, window.sequencePadding,
        window.dilation.width, choices.usesBias, choices.kernelInitializer, choices.biasInitializer,
        choices.penalty.l1, choices.penalty.l2
      )
    })

  public init(
    filters: Int, kernel: Int, activation: any Activation = Linear(), strides: Int = 1,
    padding: SequencePadding = .valid, dilation: Int = 1, _ choices: KernelChoices = KernelChoices()
  ) {
    image = Conv2D(
      filters: filters, window: Window(steps: kernel, strides: strides, dilation: dilation, padding: padding),
      activation: activation, choices)
  }

  public var activation: any Activation { image.activation }

  public func inputShape(forData data: Shape) -> Shape { Sequences.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    let window = image.window
    try window.requireStridesOrDilation(for: name)
    let padded = Conv1D(
      filters: image.filters, kernel: window.size.width, activation: activation, strides: window.strides.width,
      padding: .same, dilation: window.dilation.width, image.choices)
    let steps = try Sequences.steps(input, window, of: name, part: "kernel", remedy: Conv1D.form.line(padded))
    return [steps, image.filters]
  }

  public func weights(for input: Shape) -> [Weight] {
    image.choices.weights(kernel: [image.window.size.width, input.last, image.filters], bias: [image.filters])
  }

  public func products(for input: Shape) -> Int { image.products(for: Sequences.image(input)) }

  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    OneRow(image, of: input, in: &plan)
  }
}

extension ArgumentType where Value == Int {
  /// Steps of a window: two numbers of them multiplied fit into an `Int`.
  static var steps: ArgumentType { .integer(1...Pair.largest) }
}

extension Parameter where Value == Int {
  static func sequenceStrides(default initial: Int) -> Parameter {
    Parameter("strides", .steps, default: initial, "steps from one place to the next")
  }

  static func sequenceDilation() -> Parameter {
    Parameter("dilation", .steps, default: 1, alias: "dilation_rate", "steps from one number of the kernel to the next")
  }
}

extension Parameter where Value == SequencePadding {
  static func sequencePadding() -> Parameter {
    Parameter("padding", .choice("padding", help: \.help), default: .valid, "what happens at the ends")
  }
}
