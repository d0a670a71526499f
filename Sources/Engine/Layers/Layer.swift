import Grammar

/// One step of a network as it was typed: what it computes, without the numbers it has learnt, which the `Network`
/// keeps, and without the memory that it takes, which its `Operation` asks for.
public protocol Layer: Sendable {
  static var form: Form<Self> { get }

  /// What is applied to the output, element by element.
  var activation: any Activation { get }

  /// The shape in which it reads examples of shape `data` when it is the first layer: a dense layer takes an image as
  /// one row.
  func inputShape(forData data: Shape) -> Shape

  /// The shape of one example behind this layer.
  /// - Throws: `Refusal` when the layer cannot take such an input: the shape it got, the shape it needs, what to type.
  func output(for input: Shape) throws(Refusal) -> Shape

  /// The tensors it keeps, in Keras's order.
  func weights(for input: Shape) -> [Weight]

  /// What runs in its place for inputs of this shape.
  ///
  /// The executor applies the activation to what `forward` wrote, unless the operation does it piece by piece, and
  /// turns the gradient back through it before `backward`.
  /// - Parameter plan: is asked for all memory that the passes need.
  func operation(for input: Shape, in plan: inout Plan) -> any Operation

  /// Whether the output before the activation is the input, number for number, so that it needs no memory of its own.
  var isView: Bool { get }

  /// Multiply-adds for one example.
  func products(for input: Shape) -> Int
}

extension Layer {
  public var activation: any Activation { Linear() }
  public func inputShape(forData data: Shape) -> Shape { data }
  public func weights(for input: Shape) -> [Weight] { [] }
  public var isView: Bool { false }
  public func products(for input: Shape) -> Int { 0 }

  /// The name that a person types.
  public var name: String { Self.form.name }
}

extension Layer where Self: Operation {
  /// A layer that needs nothing but its input is its own operation.
  public func operation(for input: Shape, in plan: inout Plan) -> any Operation { self }
}
