import Grammar

/// The mean of the differences without their signs: mean |y − t|; the gradient at 0 is 0, after Keras 3.15.
public struct MAE: Loss {
  public static let form = Form<MAE>(
    "mae", "The mean of the differences without their signs.", formula: "mean |y − t|, mean over the batch",
    source: "Keras 3.15", otherNames: ["mean_absolute_error", "MeanAbsoluteError"],
    examples: ["compile sgd loss=mae"], make: { MAE() }, settings: { _ in () })

  public init() {}

  public static var judges: Judged { .any }

  public func value(_ output: FloatSpan, _ target: FloatSpan) -> Float {
    var sum: Float = 0
    for i in 0..<output.count { sum += abs(output[i] - target[i]) }
    return sum / Float(output.count)
  }

  public func gradient(_ output: FloatSpan, _ target: FloatSpan, scale: Float, into gradient: FloatSpan) {
    let share = scale / Float(output.count)
    for i in 0..<output.count {
      gradient[i] = output[i] > target[i] ? share : output[i] < target[i] ? -share : 0
    }
  }
}
