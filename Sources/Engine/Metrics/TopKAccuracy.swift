import Grammar

/// The share of rows whose true class is among the k largest outputs, after Keras 3.15 `TopKCategoricalAccuracy`.
///
/// Outputs as large as the k-th count as among them, as in TensorFlow's `in_top_k`.
public struct TopKAccuracy: Metric {
  public let count: Int

  public static var quantity: Quantity { .share }

  public static let form = Form<TopKAccuracy>(
    "top_k_accuracy", "The share of examples whose class is among the k most probable ones.",
    .named("k", .integer(1...), default: 5, "how many classes may be named"),
    formula: "share of rows with fewer than k outputs above that of the true class",
    source: "Keras 3.15", otherNames: ["top_k_categorical_accuracy", "TopKCategoricalAccuracy"],
    examples: [
      "compile rmsprop metrics=accuracy,top_k_accuracy", "compile rmsprop metrics=\"accuracy,top_k_accuracy k=3\"",
    ],
    make: { TopKAccuracy(count: $0) }, settings: { $0.count })

  private var right = 0
  private var rows = 0

  public init(count: Int) { self.count = count }

  public func check(outputs: Int, behind activation: any Activation) throws(Refusal) {
    if count > outputs { throw .tooMany(count, outputs) }
  }

  public mutating func add(_ output: FloatSpan, _ target: FloatSpan) {
    rows += 1
    let own = output[target.largest]
    var above = 0
    for i in 0..<output.count where !(output[i] <= own) { above += 1 }
    right += above < count ? 1 : 0
  }

  public var sums: [Double] {
    get { [Double(right), Double(rows)] }
    set { (right, rows) = (Int(exactly: newValue[0]) ?? 0, Int(exactly: newValue[1]) ?? 0) }
  }

  public var value: Double { rows == 0 ? 0 : Double(right) / Double(rows) }
}

extension Refusal {
  fileprivate static func tooMany(_ count: Int, _ outputs: Int) -> Refusal {
    let outputs = outputs == 1 ? "one output" : "\(outputs) outputs"
    return Refusal(
      "top_k_accuracy k=\(count) wants more than the \(outputs) of the last layer",
      hint: "compile adam metrics=accuracy")
  }
}
