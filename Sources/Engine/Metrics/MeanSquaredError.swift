import Grammar

/// The mean of (y − t)² over all outputs of all rows, after Keras 3.15 `MeanSquaredError`.
public struct MeanSquaredError: Metric {
  public static var quantity: Quantity { .error }

  public static let form = Form<MeanSquaredError>(
    "mse", "The mean of the squared differences.", formula: "mean (y − t)² over all outputs",
    source: "Keras 3.15", otherNames: ["mean_squared_error", "MeanSquaredError"],
    examples: ["compile rmsprop metrics=mse"], make: { MeanSquaredError() }, settings: { _ in () })

  private var sum = 0.0
  private var count = 0

  public init() {}

  public mutating func add(_ output: FloatSpan, _ target: FloatSpan) {
    for i in 0..<output.count { sum += Double((output[i] - target[i]) * (output[i] - target[i])) }
    count += output.count
  }

  public var sums: [Double] {
    get { [sum, Double(count)] }
    set { (sum, count) = (newValue[0], Int(exactly: newValue[1]) ?? 0) }
  }

  public var value: Double { count == 0 ? 0 : sum / Double(count) }
}
