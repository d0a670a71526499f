import Grammar

/// Gives the numbers of an example other extents, in the same order: `[batch, 784] → [batch, 28, 28, 1]`.
public struct Reshape: Layer, Operation {
  public let shape: Shape

  public static let form = Form<Reshape>(
    "reshape", "Gives the numbers of an example other extents, in the same order.",
    .rest("extent", .integer(1...), "height, width and channels, or other extents"),
    source: "Keras 3.15",
    examples: ["add reshape 28 28 1"], make: { Reshape(shape: Shape($0)) }, settings: { $0.shape.extents })

  public init(shape: Shape) { self.shape = shape }

  public var isView: Bool { true }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    guard shape.count == input.count else { throw .otherCount(shape, input) }
    return shape
  }

  public func forward(_ pass: ForwardPass) { pass.output.copy(from: pass.input) }

  public func backward(_ pass: BackwardPass) { pass.inputGradient?.copy(from: pass.outputGradient) }
}

extension Refusal {
  fileprivate static func otherCount(_ shape: Shape, _ input: Shape) -> Refusal {
    let count = shape.count == .max ? "too many" : "\(shape.count)"
    return Refusal(
      "reshape to \(shape) needs \(count) numbers for each example, and gets \(input.count) (\(input))",
      hint: "add reshape \(input.count)")
  }
}
