import Grammar

/// How a weight gets its first values.
public protocol Initializer: Sendable {
  static var form: Form<Self> { get }

  /// Refuses a tensor that it cannot fill: the shape it got, the shape it needs.
  func check(_ shape: Shape) throws(Refusal)

  /// Fills `values`, a tensor of `shape` in Keras's layout.
  func fill(_ values: FloatSpan, shape: Shape, random: inout Random)
}

extension Initializer {
  public func check(_ shape: Shape) throws(Refusal) {}

  /// The name that a person types.
  public var name: String { Self.form.name }
}
