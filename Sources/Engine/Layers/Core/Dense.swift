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

  public func inputShape(forData data: Shape) -> Shape { [data.count] }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    guard input.rank == 1 else { throw .severalAxes(input) }
    return [units]
  }

  public func weights(for input: Shape) -> [Weight] {
    choices.weights(kernel: [input.count, units], bias: [units], inPanels: true)
  }

  public func products(for input: Shape) -> Int { input.count * units }

  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    let panels = Panels(rows: input.count, columns: units)
    if plan.takesLists(of: input, units: units) {
      return SparseDenseOperation(panels, usesBias: choices.usesBias, in: &plan)
    }
    return DenseOperation(panels, usesBias: choices.usesBias, in: &plan)
  }
}

extension Refusal {
  fileprivate static func severalAxes(_ input: Shape) -> Refusal {
    Refusal("dense needs one row of numbers for each example, not \(input)", hint: "add flatten")
  }
}
