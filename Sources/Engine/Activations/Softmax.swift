import Glibc
import Grammar

/// Turns the last axis into probabilities that add up to 1: f(x)ᵢ = e^xᵢ / Σ e^xⱼ.
///
/// The largest input is subtracted first, so no power overflows.
public struct Softmax: Activation {
  public static let form = Form<Softmax>(
    "softmax", "Turns the outputs into probabilities of the classes, which add up to 1.",
    formula: "f(x)ᵢ = exp(xᵢ) / Σⱼ exp(xⱼ), along the last axis",
    source: "Bridle 1990; Keras 3.15",
    examples: ["add dense 10 softmax"], make: { Softmax() }, settings: { _ in () })

  public init() {}

  public static var isElementwise: Bool { false }
  public var givesProbabilities: Bool { true }

  public func forward(_ x: FloatSpan, into y: FloatSpan, width: Int) {
    for row in stride(from: 0, to: x.count, by: width) {
      Softmax.row(x.part(row, count: width), into: y.part(row, count: width))
    }
  }

  public func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int) {
    for row in stride(from: 0, to: y.count, by: width) {
      var mean: Float = 0
      for i in row..<row + width { mean += gradient[i] * y[i] }
      for i in row..<row + width { gradient[i] = y[i] * (gradient[i] - mean) }
    }
  }

  static func row(_ x: FloatSpan, into y: FloatSpan) {
    var largest = -Float.infinity
    for i in 0..<x.count { largest = max(largest, x[i]) }
    var sum: Float = 0
    for i in 0..<x.count {
      y[i] = expf(x[i] - largest)
      sum += y[i]
    }
    for i in 0..<y.count { y[i] /= sum }
  }
}
