import Grammar

/// Squares small differences and takes large ones as they are: mean of ½e² where |e| ≤ δ, else δ·|e| − ½δ², e = y − t
/// (Huber 1964; Keras 3.15).
public struct Huber: Loss {
  public let delta: Double

  public static let form = Form<Huber>(
    "huber", "Squares small differences and takes large ones as they are, so that a few outliers do not rule.",
    .named("delta", .positive, default: 1, "up to where a difference is small"),
    formula: "mean of ½e² where |e| ≤ delta, else delta·|e| − ½delta²; e = y − t; mean over the batch",
    source: "Huber 1964; Keras 3.15",
    examples: ["compile sgd loss=huber", "compile sgd loss=\"huber delta=0.5\""],
    make: { Huber(delta: $0) }, settings: { $0.delta })

  public init(delta: Double) { self.delta = delta }

  public static var judges: Judged { .any }

  public func value(_ output: FloatSpan, _ target: FloatSpan) -> Float {
    let limit = Float(delta)
    var sum: Float = 0
    for i in 0..<output.count {
      let size = abs(output[i] - target[i])
      sum += size <= limit ? 0.5 * size * size : limit * size - 0.5 * limit * limit
    }
    return sum / Float(output.count)
  }

  /// ∂/∂yᵢ = e, held within ±δ, / width
  public func gradient(_ output: FloatSpan, _ target: FloatSpan, scale: Float, into gradient: FloatSpan) {
    let (limit, share) = (Float(delta), scale / Float(output.count))
    for i in 0..<output.count { gradient[i] = min(max(output[i] - target[i], -limit), limit) * share }
  }
}
