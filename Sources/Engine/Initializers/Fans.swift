/// How many inputs feed one output of a kernel, and how many outputs one input feeds.
///
/// After Keras 3.15 `compute_fans`: `[in, out]`; `[kh, kw, in, out]` counts each by the kernel's area; `[width]` has as
/// many inputs as outputs.
public struct Fans: Equatable, Sendable {
  public let `in`: Double
  public let out: Double

  public init(_ shape: Shape) {
    let area = Double(Shape(Array(shape.extents.dropLast(2))).count)
    self.in = area * Double(shape.extents.dropLast().last ?? shape.last)
    self.out = area * Double(shape.last)
  }
}
