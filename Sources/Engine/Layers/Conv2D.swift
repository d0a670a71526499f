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
    let ways = Ways(convolution(input))
    let dense = Slices.scratch(isTraining ? ways.roomBack : ways.forward.room, batch: batch)
      .flatMap { ways.shared.adding($0) }
    let sparse = sparse(input)
    guard isTraining, sparse.canPay, let dense else { return dense }
    return Slices.scratch(sparse.room, batch: batch).flatMap { sparse.shared.adding($0) }.map { max(dense, $0) }
  }

  /// The dense ways through the layer, and the memory that they take.
  private struct Ways {
    let forward: Convolution
    let back: Convolution

    init(_ forward: Convolution) {
      self.forward = forward
      back = Convolution(back: forward)
    }

    /// Tables of both.
    var shared: Int? { forward.shared.flatMap { back.shared.adding($0) } }

    /// Floats for the gradients of places that are pooled.
    var spread: Int { forward.spreadSlopes }

    /// For one slice on the way back: sums of the kernel and of the bias, gradients of places that are pooled, slopes
    /// and images with their padding.
    var roomBack: Int? {
      let sums = Int?(forward.sums).adding(forward.filters).adding(forward.paddedSlopes).adding(spread)
      return sums.flatMap { forward.room.adding($0) }.flatMap { back.room.adding($0) }
    }
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
    let ways = Ways(convolution(pass.inputShape))
    let (forward, back) = (ways.forward, ways.back)
    let slices = Slices(batch: pass.batch, room: ways.roomBack ?? 0)
    let shared = pass.scratch.part(slices.total, count: ways.shared ?? 0)
    let tables = forward.gradientTables(in: shared.part(0, count: forward.shared ?? 0))
    let backTables = pass.inputGradient.map { _ in
      back.tables(
        pass.weights[0], bias: nil, isBack: true, in: shared.part(forward.shared ?? 0, count: back.shared ?? 0))
    }
    let (input, output, sums) = (pass.inputShape.count, forward.outputs, forward.sums)
    slices.run(pass.scratch, pass.threads) { images, scratch in
      var used = 0
      func take(_ count: Int) -> FloatSpan {
        defer { used += count }
        return scratch.part(used, count: count)
      }
      let (kernel, bias, wide, spread) = (take(sums), take(filters), take(forward.paddedSlopes), take(ways.spread))
      let rest = scratch.part(used, count: scratch.count - used)
      kernel.fill(0)
      bias.fill(0)
      spread.fill(0)
      let places = output / filters
      kernels.add_rows(
        pass.outputGradient.base + images.lowerBound * output, images.count * places, filters, bias.base)
      guard isPooled else {
        forward.addGradients(
          pass.input, images, outputGradients: pass.outputGradient, to: kernel, tables, scratch: rest, wide: wide)
        guard let inputGradient = pass.inputGradient, let backTables else { return }
        return back.run(pass.outputGradient, images, into: inputGradient, first: nil, backTables, scratch: rest)
      }
      for image in images {
        let (dy, first) = (
          pass.outputGradient.part(image * output, count: output), Integers(pass.saved).base + image * output
        )
        forward.addPooledGradients(
          pass.input.part(image * input, count: input), pooled: dy, first, to: kernel, tables, scratch: rest,
          spread: spread)
        guard let inputGradient = pass.inputGradient, let backTables else { continue }
        forward.spread(dy, first, into: spread, width: filters)
        back.run(
          spread, 0..<1, into: inputGradient.part(image * input, count: input), first: nil, backTables, scratch: rest)
      }
    }
    let total = slices.memory(of: 0, pass.scratch).part(0, count: sums)
    slices.addUp(pass.scratch, count: sums + filters, pass.threads)
    forward.write(total, to: pass.gradients[0])
    if choices.usesBias { pass.gradients[1].copy(from: slices.memory(of: 0, pass.scratch).part(sums, count: filters)) }
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
          inputGradient: pass.inputGradient?.part(image * input, count: input), tables, memory)
      }
    }
    slices.addUp(pass.scratch, count: sparse.sums, pass.threads)
    sparse.write(
      sparse.memory(slices.memory(of: 0, pass.scratch)), kernel: pass.gradients[0],
      bias: choices.usesBias ? pass.gradients[1] : nil)
  }
}
