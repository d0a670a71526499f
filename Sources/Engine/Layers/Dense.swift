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

  public func forward(_ pass: ForwardPass) {
    let (x, y, w) = matrices(input: pass.input, output: pass.output, kernel: pass.weights[0])
    Products.multiply(x, w, into: y, threads: pass.threads)
    guard choices.usesBias else { return }
    let bias = pass.weights[1]
    pass.threads.split(y.rows, into: 8) { rows in
      for row in rows {
        let outputs = pass.output.part(row * units, count: units)
        for unit in 0..<units { outputs[unit] += bias[unit] }
      }
    }
  }

  public func backward(_ pass: BackwardPass) {
    let (x, dy, w) = matrices(input: pass.input, output: pass.outputGradient, kernel: pass.weights[0])
    let dw = Matrix(values: pass.gradients[0], rows: w.rows, columns: w.columns)
    Products.multiply(x.transposed, dy, into: dw, threads: pass.threads)
    if choices.usesBias { addRows(dy, into: pass.gradients[1]) }
    guard let inputGradient = pass.inputGradient else { return }
    let dx = Matrix(values: inputGradient, rows: x.rows, columns: x.columns)
    Products.multiply(dy, w.transposed, into: dx, threads: pass.threads)
  }

  private func matrices(input: Floats, output: Floats, kernel: Floats) -> (x: Matrix, y: Matrix, w: Matrix) {
    let (rows, inputs) = (output.count / units, kernel.count / units)
    return (
      Matrix(values: input, rows: rows, columns: inputs),
      Matrix(values: output, rows: rows, columns: units),
      Matrix(values: kernel, rows: inputs, columns: units)
    )
  }

  private func addRows(_ matrix: Matrix, into sums: Floats) {
    sums.fill(0)
    for row in 0..<matrix.rows {
      let values = matrix.values.part(row * units, count: units)
      for unit in 0..<units { sums[unit] += values[unit] }
    }
  }
}

extension Refusal {
  fileprivate static func severalAxes(_ input: Shape) -> Refusal {
    Refusal("dense needs one row of numbers for each example, not \(input)", hint: "add flatten")
  }
}
