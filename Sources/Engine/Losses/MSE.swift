import Grammar

/// The mean of the squared differences: mean((y − t)²), after Keras 3.15.
public struct MSE: Loss {
  public static let form = Form<MSE>(
    "mse", "The mean of the squared differences.", formula: "mean((y − t)²), mean over the batch",
    source: "Keras 3.15", otherNames: ["mean_squared_error", "MeanSquaredError"],
    examples: ["compile sgd loss=mse"], make: { MSE() }, settings: { _ in () })

  public init() {}

  public static var judges: Judged { .any }

  public func value(_ output: FloatSpan, _ target: FloatSpan) -> Float {
    var sum: Float = 0
    for i in 0..<output.count { sum += (output[i] - target[i]) * (output[i] - target[i]) }
    return sum / Float(output.count)
  }

  public func gradient(_ output: FloatSpan, _ target: FloatSpan, scale: Float, into gradient: FloatSpan) {
    let share = 2 * scale / Float(output.count)
    for i in 0..<output.count { gradient[i] = (output[i] - target[i]) * share }
  }
}
