import CKernels
import Grammar

/// Slides small kernels over images, and says at every place how much of each kernel's pattern is there.
///
/// `[batch, height, width, channels] → [batch, rows, columns, filters]`; kernel `[kh, kw, channels, filters]`, bias
/// `[filters]`. A cross-correlation, the kernel is not turned round, and TensorFlow's asymmetric padding `same`: both
/// after Keras 3.15. As the first layer it gives images without channels one.
public struct Conv2D: Layer, Operation {
  public let filters: Int
  public let activation: any Activation
  public let choices: KernelChoices
  let window: Window
  /// Whether the largest of two by two places is all that comes out.
  private(set) var isPooled = false

  public static let form = Form<Conv2D>(
    "conv2d", "Slides small kernels over images; each finds one pattern wherever it is.",
    Parameter("filters", .integer(1...), "how many kernels, and so output channels"),
    Parameter("kernel", .pair(1), "pixels of a kernel, as 3 or 3x5"),
    Parameter("activation", Activations.catalogue.names, default: Linear(), "what is applied to each output"),
    .strides(default: Pair(1)), .padding(), .dilation(), .useBias(), .kernelInitializer(), .biasInitializer(), .l1(),
    .l2(),
    formula: "y[r, s, f] = activation(Σ x[r·stride + i·dilation, s·stride + j·dilation, c]·W[i, j, c, f] + b[f])",
    source: "LeCun et al. 1989; Keras 3.15",
    examples: ["add conv2d 32 3 relu", "add conv2d 16 5x3 relu strides=2 padding=same l2=0.001"],
    make: { filters, kernel, activation, strides, padding, dilation, bias, kernelStart, biasStart, l1, l2 in
      Conv2D(
        filters: filters, kernel: kernel, activation: activation, strides: strides, padding: padding,
        dilation: dilation, KernelChoices(bias, kernelStart, biasStart, l1, l2))
    },
    settings: { layer in
      let (window, choices) = (layer.window, layer.choices)
      return (
        layer.filters, window.size, layer.activation, window.strides, window.padding, window.dilation,
        choices.usesBias, choices.kernelInitializer, choices.biasInitializer, choices.penalty.l1, choices.penalty.l2
      )
    })

  public init(
    filters: Int, kernel: Pair, activation: any Activation = Linear(), strides: Pair = Pair(1),
    padding: Padding = .valid, dilation: Pair = Pair(1), _ choices: KernelChoices = KernelChoices()
  ) {
    self.init(
      filters: filters, window: Window(size: kernel, strides: strides, padding: padding, dilation: dilation),
      activation: activation, choices)
  }

  init(filters: Int, window: Window, activation: any Activation, _ choices: KernelChoices) {
    self.filters = filters
    self.window = window
    self.activation = activation
    self.choices = choices
  }

  /// This layer and a max pooling right behind it in one, for execution: what pooling drops is not computed, and its
  /// gradients, of which three of four are 0, are never written out.
  /// - Returns: nil where the two cannot be one.
  func pooled(by pool: any Layer) -> Conv2D? {
    let two = Window(size: Pair(2), strides: Pair(2))
    guard let pool = pool as? MaxPool2D, pool.window == two, window.dilation == Pair(1) else { return nil }
    // The largest before such an activation is the largest after it.
    guard activation is ReLU || activation.isIdentity else { return nil }
    var both = self
    both.isPooled = true
    return both
  }

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    let padded = Conv2D(
      filters: filters, kernel: window.size, activation: activation, strides: window.strides, padding: .same,
      dilation: window.dilation, choices)
    try window.requireStridesOrDilation(for: name)
    let sweep = try window.sweep(input, of: name, part: "kernel", remedy: Conv2D.form.line(padded))
    return isPooled ? [sweep.rows / 2, sweep.columns / 2, filters] : [sweep.rows, sweep.columns, filters]
  }

  public func weights(for input: Shape) -> [Weight] {
    choices.weights(kernel: [window.size.height, window.size.width, input.last, filters], bias: [filters])
  }

  public func products(for input: Shape) -> Int {
    let sweep = WindowGeometry(window, over: input)
    return Shape([sweep.rows, sweep.columns, Convolution(sweep, filters: filters).length, filters]).count
  }

  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    // Which of four places was the largest, for every output, as a 32-bit integer.
    if isPooled { plan.keep(each: convolution(input).outputs) }
    plan.borrow(scratch(for: input, batch: plan.batch, isTraining: plan.isTraining))
    return self
  }

  private func convolution(_ input: Shape) -> Convolution {
    Convolution(WindowGeometry(window, over: input), filters: filters, isPooled: isPooled)
  }

  private func sparse(_ input: Shape) -> SparseConvolutionGradient {
    SparseConvolutionGradient(WindowGeometry(window, over: input), filters: filters, isPooled: isPooled)
  }

  private func scratch(for input: Shape, batch: Int, isTraining: Bool) -> Int? {
    let ways = ConvolutionWays(convolution(input))
    let dense = Slices.scratch(isTraining ? ways.roomBack : ways.forward.room, batch: batch)
      .flatMap { ways.shared.adding($0) }
    let sparse = sparse(input)
    guard isTraining, sparse.canPay, let dense else { return dense }
    return Slices.scratch(sparse.room, batch: batch).flatMap { sparse.shared.adding($0) }.map { max(dense, $0) }
  }

  public var appliesActivation: Bool { true }

  public func forward(_ pass: ForwardPass) {
    let way = convolution(pass.inputShape)
    let slices = Slices(batch: pass.batch, room: way.room ?? 0)
    let tables = way.tables(
      pass.weights[0], bias: choices.usesBias ? pass.weights[1] : nil,
      in: pass.scratch.part(slices.total, count: way.shared ?? 0))
    let first = isPooled && pass.isTraining ? Integers(pass.saved) : nil
    slices.run(pass.scratch, pass.threads) { images, scratch in
      way.run(pass.input, images, into: pass.output, first: first?.base, tables, scratch: scratch)
      let y = pass.output.part(images.lowerBound * way.outputs, count: images.count * way.outputs)
      pass.activation?.forward(y, into: y, width: filters)
    }
  }

  public func backward(_ pass: BackwardPass) {
    let sparse = sparse(pass.inputShape)
    if sparse.pays(pass.outputGradient) { return backward(pass, sparse) }
    let ways = ConvolutionWays(convolution(pass.inputShape))
    let slices = Slices(batch: pass.batch, room: ways.roomBack ?? 0)
    let tables = ways.tables(pass, in: pass.scratch.part(slices.total, count: ways.shared ?? 0))
    let (output, sums) = (ways.forward.outputs, ways.forward.sums)
    slices.run(pass.scratch, pass.threads) { images, scratch in
      let memory = ways.memory(scratch)
      kernels.add_rows(
        pass.outputGradient.base + images.lowerBound * output, images.count * output / filters, filters,
        memory.bias.base)
      if isPooled { return backward(pass, pooled: images, ways, tables, memory) }
      ways.forward.addGradients(
        pass.input, images, outputGradients: pass.outputGradient, to: memory.kernel, tables.forward,
        scratch: memory.rest, wide: memory.wide)
      guard let inputGradient = pass.inputGradient, let back = tables.back else { return }
      ways.back.run(pass.outputGradient, images, into: inputGradient, first: nil, back, scratch: memory.rest)
    }
    slices.addUp(pass.scratch, count: sums + filters, pass.threads)
    let total = slices.memory(of: 0, pass.scratch)
    ways.forward.write(total.part(0, count: sums), to: pass.gradients[0])
    if choices.usesBias { pass.gradients[1].copy(from: total.part(sums, count: filters)) }
  }

  /// Some images one by one, each with its gradients put back where the largest of four places was.
  private func backward(
    _ pass: BackwardPass, pooled images: Range<Int>, _ ways: ConvolutionWays, _ tables: ConvolutionWays.Tables,
    _ memory: ConvolutionWays.Memory
  ) {
    let (input, output) = (pass.inputShape.count, ways.forward.outputs)
    for image in images {
      let gradient = pass.outputGradient.part(image * output, count: output)
      let first = Integers(pass.saved).base + image * output
      ways.forward.addPooledGradients(
        pass.input.part(image * input, count: input), pooled: gradient, first, to: memory.kernel, tables.forward,
        scratch: memory.rest, corners: memory.corners)
      guard let inputGradient = pass.inputGradient, let back = tables.back else { continue }
      ways.forward.spread(gradient, first, into: memory.spread)
      ways.back.run(
        memory.spread, 0..<1, into: inputGradient.part(image * input, count: input), first: nil, back,
        scratch: memory.rest)
    }
  }

  private func backward(_ pass: BackwardPass, _ sparse: SparseConvolutionGradient) {
    let slices = Slices(batch: pass.batch, room: sparse.room ?? 0)
    let (input, output) = (pass.inputShape.count, pass.outputGradient.count / pass.batch)
    let tables = sparse.tables(pass.weights[0], in: pass.scratch.part(slices.total, count: sparse.shared ?? 0))
    slices.run(pass.scratch, pass.threads) { images, scratch in
      let memory = sparse.memory(scratch)
      sparse.start(memory)
      for image in images {
        sparse.add(
          pass.input.part(image * input, count: input),
          outputGradients: pass.outputGradient.part(image * output, count: output),
          first: isPooled ? Integers(pass.saved).base + image * output : nil,
          inputGradient: pass.inputGradient?.part(image * input, count: input), isFirst: image == images.lowerBound,
          tables, memory)
      }
    }
    slices.addUp(pass.scratch, count: sparse.sums, pass.threads)
    sparse.write(
      sparse.memory(slices.memory(of: 0, pass.scratch)), kernel: pass.gradients[0],
      bias: choices.usesBias ? pass.gradients[1] : nil)
  }
}
