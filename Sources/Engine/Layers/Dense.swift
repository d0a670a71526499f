import CKernels
import Grammar

/// Connects every input to every unit: y = activation(x·W + b).
///
/// `[batch, in] → [batch, units]`; kernel `[in, units]`, bias `[units]`, after Keras 3.15. As the first layer it takes an
/// image as one row; later a `flatten` has to stand before it.
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
    source: "Keras 3.15",
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
    choices.weights(kernel: [input.count, units], bias: [units])
  }

  public func products(for input: Shape) -> Int { input.count * units }

  public func kept(for input: Shape) -> Int {
    SparseRows.canPay(width: input.count, units: units) ? SparseRows.floats(width: input.count) : 0
  }

  public func scratch(for input: Shape, batch: Int, isTraining: Bool) -> Int? {
    guard SparseRows.canPay(width: input.count, units: units) else { return 0 }
    return isTraining
      ? SparseRows.scratch(rows: batch, width: input.count)
      : Int?(batch).times(SparseRows.floats(width: input.count))
  }

  public func forward(_ pass: ForwardPass) {
    let bias = choices.usesBias ? pass.weights[1] : nil
    if let lists = lists(pass.input, pass.inputShape, batch: pass.batch, pass.isTraining ? pass.kept : pass.scratch) {
      lists.list(pass.input, threads: pass.threads)
      return lists.multiply(pass.weights[0], bias: bias, into: pass.output, units: units, threads: pass.threads)
    }
    let (x, y, w) = matrices(input: pass.input, output: pass.output, kernel: pass.weights[0])
    Products.multiply(x, w, into: y, threads: pass.threads)
    guard let bias else { return }
    pass.threads.split(y.rows, into: 8) { rows in
      kernel_add_to_rows(pass.output.base + rows.lowerBound * units, bias.base, rows.count, units)
    }
  }

  public func backward(_ pass: BackwardPass) {
    let (x, dy, w) = matrices(input: pass.input, output: pass.outputGradient, kernel: pass.weights[0])
    if let lists = lists(pass.input, pass.inputShape, batch: pass.batch, pass.kept) {
      lists.multiplyTransposed(
        pass.outputGradient, into: pass.gradients[0], units: units, scratch: pass.scratch, threads: pass.threads)
    } else {
      let dw = Matrix(values: pass.gradients[0], rows: w.rows, columns: w.columns)
      Products.multiply(x.transposed, dy, into: dw, threads: pass.threads)
    }
    if choices.usesBias { kernel_sum_rows(dy.values.base, dy.rows, units, pass.gradients[1].base) }
    guard let inputGradient = pass.inputGradient else { return }
    let dx = Matrix(values: inputGradient, rows: x.rows, columns: x.columns)
    Products.multiply(dy, w.transposed, into: dx, threads: pass.threads)
  }

  /// Where the lists of this input's numbers that are not 0 belong; nil when dense products are faster.
  private func lists(_ input: Floats, _ shape: Shape, batch: Int, _ memory: Floats) -> SparseRows? {
    guard SparseRows.canPay(width: shape.count, units: units), SparseRows.pays(input, width: shape.count) else {
      return nil
    }
    return SparseRows(rows: batch, width: shape.count, memory: memory)
  }

  private func matrices(input: Floats, output: Floats, kernel: Floats) -> (x: Matrix, y: Matrix, w: Matrix) {
    let (rows, inputs) = (output.count / units, kernel.count / units)
    return (
      Matrix(values: input, rows: rows, columns: inputs),
      Matrix(values: output, rows: rows, columns: units),
      Matrix(values: kernel, rows: inputs, columns: units)
    )
  }
}

extension Refusal {
  fileprivate static func severalAxes(_ input: Shape) -> Refusal {
    Refusal("dense needs one row of numbers for each example, not \(input)", hint: "add flatten")
  }
}
