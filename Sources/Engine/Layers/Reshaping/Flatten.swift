import Grammar

/// Lays all numbers of an example in one row: `[batch, 28, 28] → [batch, 784]`.
public struct Flatten: Layer, Operation {
  public static let form = Form<Flatten>(
    "flatten", "Lays all numbers of an example in one row, as a dense layer wants them.",
    source: "Keras 3.15",
    examples: ["add flatten"], make: { Flatten() }, settings: { _ in () })

  public init() {}

  public var isView: Bool { true }

  public func output(for input: Shape) throws(Refusal) -> Shape { [input.count] }

  public func forward(_ pass: ForwardPass) { pass.output.copy(from: pass.input) }

  public func backward(_ pass: BackwardPass) { pass.inputGradient?.copy(from: pass.outputGradient) }
}
