import Grammar

/// How a weight gets its first values.
public protocol Initializer: Sendable {
  static var form: Form<Self> { get }

  /// Fills `values`, a tensor of `shape` in Keras's layout.
  func fill(_ values: Floats, shape: Shape, random: inout Random)
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
