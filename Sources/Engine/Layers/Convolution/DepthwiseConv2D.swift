import CKernels
import Grammar

/// Slides kernels over images, each over one channel only.
///
/// `[batch, height, width, channels] → [batch, rows, columns, channels·depth_multiplier]`, the kernels of one channel
/// side by side; kernel `[kh, kw, channels, depth_multiplier]`, bias `[channels·depth_multiplier]`. After Keras 3.15.
public struct DepthwiseConv2D: Layer {
  public let depthMultiplier: Int
  public let activation: any Activation
  public let choices: KernelChoices
  let window: Window

  public static let form = Form<DepthwiseConv2D>(
    "depthwise_conv2d", "Slides kernels over images, each over one channel only.",
    Parameter("kernel", .pair(1), "pixels of a kernel, as 3 or 3x5"),
    Parameter("activation", Activations.catalogue.names, default: Linear(), "what is applied to each output"),
    .strides(default: Pair(1)), .padding(), .dilation(),
    .named("depth_multiplier", .integer(1...Pair.largest), default: 1, "kernels a channel"),
    .useBias(), .kernelInitializer(), .biasInitializer(), .l1(), .l2(),
    formula: "y[r, s, c·m + k] = activation(Σ x[r·stride + i·dilation, s·stride + j·dilation, c]·W[i, j, c, k] + b)",
    source: "Keras 3.15",
    examples: ["add depthwise_conv2d 3 relu", "add depthwise_conv2d 5 strides=2 padding=same depth_multiplier=4"],
    make: { kernel, activation, strides, padding, dilation, multiplier, bias, kernelStart, biasStart, l1, l2 in
      DepthwiseConv2D(
        kernel: kernel, activation: activation, strides: strides, padding: padding, dilation: dilation,
        depthMultiplier: multiplier, KernelChoices(bias, kernelStart, biasStart, l1, l2))
    },
    settings: { layer in
      let (window, choices) = (layer.window, layer.choices)
      return (
        window.size, layer.activation, window.strides, window.padding, window.dilation, layer.depthMultiplier,
        choices.usesBias, choices.kernelInitializer, choices.biasInitializer, choices.penalty.l1, choices.penalty.l2
      )
    })

  public init(
    kernel: Pair, activation: any Activation = Linear(), strides: Pair = Pair(1), padding: Padding = .valid,
    dilation: Pair = Pair(1), depthMultiplier: Int = 1, _ choices: KernelChoices = KernelChoices()
  ) {
    self.depthMultiplier = depthMultiplier
    self.activation = activation
    self.choices = choices
    window = Window(size: kernel, strides: strides, padding: padding, dilation: dilation)
  }

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    let padded = DepthwiseConv2D(
      kernel: window.size, activation: activation, strides: window.strides, padding: .same,
      dilation: window.dilation, depthMultiplier: depthMultiplier, choices)
    try window.requireStridesOrDilation(for: name)
    let sweep = try window.sweep(input, of: name, part: "kernel", remedy: DepthwiseConv2D.form.line(padded))
    return [sweep.rows, sweep.columns, Shape([sweep.channels, depthMultiplier]).count]
  }

  public func weights(for input: Shape) -> [Weight] {
    choices.weights(
      kernel: [window.size.height, window.size.width, input.last, depthMultiplier],
      bias: [input.last * depthMultiplier])
  }

  public func products(for input: Shape) -> Int {
    let sweep = WindowGeometry(window, over: input)
    return Shape([sweep.outputs, depthMultiplier, window.size.height, window.size.width]).count
  }

  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    let sweep = WindowGeometry(window, over: input)
    // The gradients of a piece's kernel and bias.
    let kernel = Shape([window.size.height, window.size.width, input.last, depthMultiplier]).count
    let room = Int?(kernel).adding(input.last * depthMultiplier)
    if plan.isTraining { plan.borrow(Slices.scratch(room, batch: plan.batch)) }
    return Depthwise(sweep: sweep, size: input.count, depthMultiplier: depthMultiplier, usesBias: choices.usesBias)
  }
}

/// The same for images of one shape.
private struct Depthwise: Operation {
  let sweep: WindowGeometry
  /// Numbers of an image.
  let size: Int
  let depthMultiplier: Int
  let usesBias: Bool

  /// Channels behind it, and numbers of an image.
  private var width: Int { sweep.channels * depthMultiplier }
  private var outputs: Int { sweep.outputs * depthMultiplier }

  func forward(_ pass: ForwardPass) {
    pass.threads.split(pass.batch, into: 16) { images in
      for image in images {
        let x = pass.input.base + image * size
        for place in 0..<sweep.rows * sweep.columns {
          let y = pass.output.base + image * outputs + place * width
          if usesBias {
            y.update(from: pass.weights[1].base, count: width)
          } else {
            y.update(repeating: 0, count: width)
          }
          sweep.forEachPixel(row: place / sweep.columns, column: place % sweep.columns) { tap, pixel in
            kernels.multiply_channels(
              x + pixel * sweep.channels, pass.weights[0].base + tap * width, sweep.channels, depthMultiplier, y)
          }
        }
      }
    }
  }

  func backward(_ pass: BackwardPass) {
    let kernel = pass.weights[0]
    let slices = Slices(batch: pass.batch, room: kernel.count + width)
    slices.run(pass.scratch, pass.threads) { images, sums in
      sums.fill(0)
      let (kernelSums, biasSums) = (sums.base, sums.base + kernel.count)
      for image in images {
        let x = pass.input.base + image * size
        let dx = pass.inputGradient?.part(image * size, count: size)
        dx?.fill(0)
        for place in 0..<sweep.rows * sweep.columns {
          let dy = pass.outputGradient.base + image * outputs + place * width
          kernels.add(dy, biasSums, width)
          sweep.forEachPixel(row: place / sweep.columns, column: place % sweep.columns) { tap, pixel in
            let values = x + pixel * sweep.channels
            kernels.multiply_channels(values, dy, sweep.channels, depthMultiplier, kernelSums + tap * width)
            guard let dx else { return }
            kernels.multiply_channels_back(
              dy, kernel.base + tap * width, sweep.channels, depthMultiplier, dx.base + pixel * sweep.channels)
          }
        }
      }
    }
    slices.addUp(pass.scratch, count: kernel.count + width, pass.threads)
    let sums = slices.memory(of: 0, pass.scratch)
    pass.gradients[0].copy(from: sums)
    if usesBias { pass.gradients[1].copy(from: sums.part(kernel.count, count: width)) }
  }
}
