import Grammar

/// How far each output is from being right by 1: mean of max(1 − t·y, 0), where targets of 0 and 1 count as −1 and 1,
/// after Keras 3.15.
public struct Hinge: Loss {
  public static let form = Form<Hinge>(
    "hinge", "How far each output is from being on its side of 0 by 1; for outputs that end in linear or tanh.",
    formula: "mean of max(1 − t·y, 0) with t = −1 or 1, mean over the batch",
    source: "Keras 3.15",
    examples: ["compile adam loss=hinge"], make: { Hinge() }, settings: { _ in () })

  public init() {}

  public static var wants: String { "linear" }

  /// Probabilities never come to the side of −1.
  public func accepts(_ activation: any Activation) -> Bool { !activation.givesProbabilities }

  public func value(_ output: FloatSpan, _ target: FloatSpan) -> Float {
    var sum: Float = 0
    for i in 0..<output.count { sum += max(1 - side(target[i]) * output[i], 0) }
    return sum / Float(output.count)
  }

  public func gradient(_ output: FloatSpan, _ target: FloatSpan, scale: Float, into gradient: FloatSpan) {
    let share = scale / Float(output.count)
    for i in 0..<output.count {
      let side = side(target[i])
      gradient[i] = 1 - side * output[i] >= 0 ? -side * share : 0
    }
  }

  private func side(_ target: Float) -> Float { 2 * target - 1 }
}
