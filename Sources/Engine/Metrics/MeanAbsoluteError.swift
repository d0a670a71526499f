import Grammar

/// The mean of |y − t| over all outputs of all rows, after Keras 3.15 `MeanAbsoluteError`.
public struct MeanAbsoluteError: Metric {
  public static var quantity: Quantity { .error }

  public static let form = Form<MeanAbsoluteError>(
    "mae", "The mean of the differences without their signs.", formula: "mean |y − t| over all outputs",
    source: "Keras 3.15", otherNames: ["mean_absolute_error", "MeanAbsoluteError"],
    examples: ["compile rmsprop metrics=mae"], make: { MeanAbsoluteError() }, settings: { _ in () })

  private var sum = 0.0
  private var count = 0

  public init() {}

  public mutating func add(_ output: FloatSpan, _ target: FloatSpan) {
    for i in 0..<output.count { sum += Double(abs(output[i] - target[i])) }
    count += output.count
  }

  public var sums: [Double] {
    get { [sum, Double(count)] }
    set { (sum, count) = (newValue[0], Int(exactly: newValue[1]) ?? 0) }
  }

  public var value: Double { count == 0 ? 0 : sum / Double(count) }
}
