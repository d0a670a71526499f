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

/// How many inputs feed one output of a kernel, and how many outputs one input feeds.
///
/// After Keras 3.15 `compute_fans`: `[in, out]`; `[kh, kw, in, out]` counts each by the kernel's area.
struct Fans: Equatable {
  let `in`: Double
  let out: Double

  init(_ shape: Shape) {
    let area = Double(Shape(Array(shape.extents.dropLast(2))).count)
    self.in = area * Double(shape.extents.dropLast().last ?? shape.last)
    self.out = area * Double(shape.last)
  }
}
