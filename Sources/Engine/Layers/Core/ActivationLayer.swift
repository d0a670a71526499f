import Grammar

/// Applies a function to every number: `[batch, …] → [batch, …]`.
public struct ActivationLayer: Layer, Operation {
  public let activation: any Activation

  public static let form = Form<ActivationLayer>(
    "activation", "Applies a function to every number, as a layer of its own.",
    .nested(Activations.catalogue, "the function"),
    source: "Keras 3.15",
    examples: ["add activation relu"],
    make: { ActivationLayer(activation: $0) }, settings: { $0.activation })

  public init(activation: any Activation) { self.activation = activation }

  public var isView: Bool { true }

  public func output(for input: Shape) throws(Refusal) -> Shape { input }

  public func forward(_ pass: ForwardPass) { pass.output.copy(from: pass.input) }

  public func backward(_ pass: BackwardPass) { pass.inputGradient?.copy(from: pass.outputGradient) }
}
