import CKernels
import Grammar

/// Connects every input to every unit: y = activation(x·W + b).
///
/// `[batch, in] → [batch, units]`; kernel `[in, units]`, bias `[units]`, after Keras 3.15. As the first layer it takes
/// an image as one row; later a `flatten` has to stand before it.
public struct Dense: Layer {
  public let units: Int
  public let activation: any Activation
  public let choices: KernelChoices

  public static let form = Form<Dense>(
    "dense", "Connects every input to every unit.",
    Parameter("units", .integer(1...), "how many outputs"),
    Parameter("activation", Activations.catalogue.names, default: Linear(), "what is applied to each output"),
    .useBias(), .kernelInitializer(), .biasInitializer(), .l1(), .l2(),
    formula: "y = activation(x·W + b)",
    source: "Keras 3.15", otherNames: ["Linear"],
    examples: ["add dense 512 relu", "add dense 10 softmax kernel_initializer=he_normal l2=0.001"],
    make: { Dense(units: $0, activation: $1, KernelChoices($2, $3, $4, $5, $6)) },
    settings: { layer in
      let choices = layer.choices
      return (
        layer.units, layer.activation, choices.usesBias, choices.kernelInitializer, choices.biasInitializer,
        choices.penalty.l1, choices.penalty.l2
      )
    })

  public init(units: Int, activation: any Activation = Linear(), _ choices: KernelChoices = KernelChoices()) {
    self.units = units
    self.activation = activation
    self.choices = choices
  }

  public func asFirst(_ data: Shape) -> Shape { [data.count] }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    guard input.rank == 1 else { throw .severalAxes(input) }
    return [units]
  }

  public func weights(for input: Shape) -> [Weight] {
    choices.weights(kernel: [input.count, units], bias: [units], inPanels: true)
  }

  public func products(for input: Shape) -> Int { input.count * units }

  public func kept(for input: Shape) -> Int {
    makesLists(of: input) ? SparseColumns.floats(rows: 1, width: input.count) ?? 0 : 0
  }

  public func scratch(for input: Shape, batch: Int, isTraining: Bool) -> Int? {
    guard makesLists(of: input) else { return 0 }
    let lists = isTraining ? 0 : SparseColumns.floats(rows: batch, width: input.count)
    return lists.flatMap { SparseColumns.scratch(rows: batch, units: units).adding($0) }
  }

  public var appliesActivation: Bool { true }

  public func takesLists(of input: Shape, isSparse: Bool) -> Bool {
    isSparse || SparseColumns.canPay(width: input.count, units: units)
  }

  private func makesLists(of input: Shape) -> Bool { takesLists(of: input, isSparse: false) }

  public var handsKernelOver: Bool { true }

  public func forward(_ pass: ForwardPass) {
    let (kernel, bias) = (pass.weights[0], choices.usesBias ? pass.weights[1] : nil)
    let panels = panels(of: kernel)
    if let lists = pass.lists ?? lists(pass) {
      return lists.multiply(
        kernel, panels, bias: bias, pass.activation, into: pass.output, scratch: pass.scratch, threads: pass.threads)
    }
    let x = Matrix(values: pass.input, rows: pass.batch, columns: panels.rows)
    let y = Matrix(values: pass.output, rows: pass.batch, columns: units)
    Products.multiply(x, kernel, panels, into: y, threads: pass.threads) { place, block in
      if let bias { kernels.add_to_rows(block.base, bias.base + place.column, block.rows, block.columns, block.stride) }
      guard let activation = pass.activation else { return }
      for row in 0..<block.rows { activation.forward(block.row(row), into: block.row(row), width: units) }
    }
  }

  public func backward(_ pass: BackwardPass) {
    let (kernel, bias) = (pass.weights[0], choices.usesBias ? pass.gradients[1] : nil)
    let panels = panels(of: kernel)
    let dy = Matrix(values: pass.outputGradient, rows: pass.batch, columns: units)
    if let inputGradient = pass.inputGradient {
      let dx = Matrix(values: inputGradient, rows: pass.batch, columns: panels.rows)
      Products.multiply(dy, transposed: kernel, panels, into: dx, threads: pass.threads)
    }
    // Nothing that is counted may be touched for each block: two threads that count the same thing wait for each other.
    let (take, gradients) = (pass.takeKernel, pass.gradients[0])
    if let lists = pass.lists ?? lists(pass) {
      return lists.multiplyTransposed(dy.values, panels, bias: bias, scratch: pass.scratch, threads: pass.threads) {
        place, gradient in
        let (rows, columns) = (gradient.rows, gradient.columns)
        if let take {
          take(panels.block(at: place, rows: rows, columns: columns, of: kernel), gradient)
        } else {
          let block = panels.block(at: place, rows: rows, columns: columns, of: gradients)
          kernels.copy_from_panel(gradient.base, rows, block.stride, columns, block.base)
        }
      }
    }
    if let bias { sumRows(dy, into: bias, threads: pass.threads) }
    let x = Matrix(values: pass.input, rows: pass.batch, columns: panels.rows)
    Products.multiply(x.transposed, dy, into: gradients, panels, threads: pass.threads) { place, gradient in
      guard let take else { return }
      take(panels.block(at: place, rows: gradient.rows, columns: gradient.columns, of: kernel), gradient)
    }
  }

  private func panels(of kernel: FloatSpan) -> Panels { Panels(rows: kernel.count / units, columns: units) }

  private func sumRows(_ dy: Matrix, into bias: FloatSpan, threads: Threads) {
    threads.split(units, into: min(8, (units + 63) / 64)) { range in
      kernels.sum_rows(dy.values.base + range.lowerBound, dy.rows, range.count, units, bias.base + range.lowerBound)
    }
  }

  /// Lists of this layer's own input; nil when dense products are faster.
  private func lists(_ pass: ForwardPass) -> SparseColumns? {
    guard let lists = lists(pass.input, pass.inputShape, pass.batch, memory: pass.isTraining ? pass.kept : endOf(pass))
    else { return nil }
    lists.list(pass.input, threads: pass.threads)
    return lists
  }

  /// The lists that `forward` made and kept.
  private func lists(_ pass: BackwardPass) -> SparseColumns? {
    lists(pass.input, pass.inputShape, pass.batch, memory: pass.kept)
  }

  private func lists(
    _ input: FloatSpan, _ shape: Shape, _ batch: Int, memory: @autoclosure () -> FloatSpan
  ) -> SparseColumns? {
    guard makesLists(of: shape), SparseColumns.pays(input, width: shape.count) else { return nil }
    return SparseColumns(rows: batch, width: shape.count, memory: memory())
  }

  /// Where lists go when nothing is kept: behind what the product works on.
  private func endOf(_ pass: ForwardPass) -> FloatSpan {
    let room = SparseColumns.scratch(rows: pass.batch, units: units) ?? 0
    return pass.scratch.part(room, count: pass.scratch.count - room)
  }
}

extension Refusal {
  fileprivate static func severalAxes(_ input: Shape) -> Refusal {
    Refusal("dense needs one row of numbers for each example, not \(input)", hint: "add flatten")
  }
}
