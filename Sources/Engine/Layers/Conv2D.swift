import Grammar

/// Slides small kernels over images, and says at every place how much of each kernel's pattern is there.
///
/// `[batch, height, width, channels] → [batch, rows, columns, filters]`; kernel `[kh, kw, channels, filters]`, bias
/// `[filters]`. A cross-correlation, the kernel is not turned round, and TensorFlow's asymmetric padding `same`: both
/// after Keras 3.15. As the first layer it gives images without channels one.
public struct Conv2D: Layer {
  public let filters: Int
  public let activation: any Activation
  public let choices: KernelChoices
  let window: Window

  public static let form = Form<Conv2D>(
    "conv2d", "Slides small kernels over images; each finds one pattern wherever it is.",
    Parameter("filters", .integer(1...), "how many kernels, and so channels behind"),
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
    self.filters = filters
    self.activation = activation
    self.choices = choices
    window = Window(size: kernel, strides: strides, padding: padding, dilation: dilation)
  }

  public func asFirst(_ data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    let padded = Conv2D(
      filters: filters, kernel: window.size, activation: activation, strides: window.strides, padding: .same,
      dilation: window.dilation, choices)
    try window.requireStridesOrDilation(for: name)
    let sweep = try window.sweep(input, of: name, part: "kernel", remedy: Conv2D.form.line(padded))
    return [sweep.rows, sweep.columns, filters]
  }

  public func weights(for input: Shape) -> [Weight] {
    choices.weights(kernel: [window.size.height, window.size.width, input.last, filters], bias: [filters])
  }

  public func products(for input: Shape) -> Int {
    let patches = Patches(Sweep(window, over: input))
    return Shape([patches.sweep.rows, patches.sweep.columns, patches.length, filters]).count
  }

  public func scratch(for input: Shape, batch: Int, isTraining: Bool) -> Int? {
    Slices.scratch(room(Patches(Sweep(window, over: input)), isTraining: isTraining), batch: batch)
  }

  /// A piece's patches, and in training its part of the weights' gradients behind them.
  private func room(_ patches: Patches, isTraining: Bool) -> Int? {
    let sums = Int?(patches.length).times(filters).adding(filters)
    return isTraining ? sums.flatMap { patches.room.adding($0) } : patches.room
  }

  public func forward(_ pass: ForwardPass) {
    let patches = Patches(Sweep(window, over: pass.inputShape))
    let kernel = Matrix(values: pass.weights[0], rows: patches.length, columns: filters)
    let slices = Slices(batch: pass.batch, room: room(patches, isTraining: pass.isTraining) ?? 0)
    slices.run(pass.scratch, pass.threads) { images, scratch in
      for start in patches.parts(images) {
        let rows = patches.part(start, of: images)
        let x = matrix(of: rows, patches, in: pass.input, scratch, isLaidOut: false)
        let y = outputs(of: rows, patches, in: pass.output)
        Products.multiplyAlone(x, kernel, into: y)
        if choices.usesBias { addBias(pass.weights[1], to: y) }
      }
    }
  }

  public func backward(_ pass: BackwardPass) {
    let patches = Patches(Sweep(window, over: pass.inputShape))
    let (length, room) = (patches.length, self.room(patches, isTraining: true) ?? 0)
    let kernel = Matrix(values: pass.weights[0], rows: length, columns: filters)
    let slices = Slices(batch: pass.batch, room: room)
    let sums = room - length * filters - filters
    slices.run(pass.scratch, pass.threads) { images, scratch in
      let partial = Matrix(values: scratch.part(sums, count: length * filters), rows: length, columns: filters)
      let bias = scratch.part(sums + length * filters, count: filters)
      bias.fill(0)
      let size = pass.inputShape.count
      let dx = pass.inputGradient?.part(images.lowerBound * size, count: images.count * size)
      dx?.fill(0)
      for start in patches.parts(images) {
        let rows = patches.part(start, of: images)
        let dy = outputs(of: rows, patches, in: pass.outputGradient)
        let x = matrix(of: rows, patches, in: pass.input, scratch, isLaidOut: false)
        Products.multiplyAlone(x.transposed, dy, into: partial, adds: start > images.lowerBound * patches.sweep.rows)
        addRows(dy, to: bias)
        guard let inputGradient = pass.inputGradient else { continue }
        let slope = matrix(of: rows, patches, in: inputGradient, scratch, isLaidOut: true)
        Products.multiplyAlone(dy, kernel.transposed, into: slope)
        if !patches.areImages { patches.scatter(slope.values, rows: rows, into: inputGradient) }
      }
    }
    slices.add(pass.scratch, from: sums, into: pass.gradients[0], pass.threads)
    if choices.usesBias {
      slices.add(pass.scratch, from: sums + length * filters, into: pass.gradients[1], pass.threads)
    }
  }

  /// What the kernels see at some rows of places: one row for each place.
  /// - Parameter isLaidOut: whether `scratch` shall be taken as it is, to be written.
  private func matrix(
    of rows: Range<Int>, _ patches: Patches, in images: Floats, _ scratch: Floats, isLaidOut: Bool
  ) -> Matrix {
    let (places, length) = (rows.count * patches.sweep.columns, patches.length)
    if patches.areImages {
      let start = rows.lowerBound * patches.sweep.columns * length
      return Matrix(values: images.part(start, count: places * length), rows: places, columns: length)
    }
    if !isLaidOut { patches.gather(images, rows: rows, into: scratch) }
    return patches.matrix(scratch, rows: rows)
  }

  /// The outputs at some rows of places, or their gradients: one row for each place.
  private func outputs(of rows: Range<Int>, _ patches: Patches, in values: Floats) -> Matrix {
    let (places, start) = (rows.count * patches.sweep.columns, rows.lowerBound * patches.sweep.columns)
    return Matrix(values: values.part(start * filters, count: places * filters), rows: places, columns: filters)
  }

  private func addBias(_ bias: Floats, to matrix: Matrix) {
    let (values, bias) = (matrix.values.base, bias.base)
    for row in 0..<matrix.rows {
      let outputs = values + row * filters
      for filter in 0..<filters { outputs[filter] += bias[filter] }
    }
  }

  private func addRows(_ matrix: Matrix, to sums: Floats) {
    let (values, sums) = (matrix.values.base, sums.base)
    for row in 0..<matrix.rows {
      let slopes = values + row * filters
      for filter in 0..<filters { sums[filter] += slopes[filter] }
    }
  }
}
