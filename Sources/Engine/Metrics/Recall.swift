import Grammar

/// The share of targets of 1 whose output is above 0.5, over all outputs of all rows.
///
/// After Keras 3.15 `Recall`; 0 where no target is 1.
public struct Recall: Metric {
  public static var quantity: Quantity { .share }

  public static let form = Form<Recall>(
    "recall", "The share of what is true that the network affirms.",
    formula: "true positives / (true positives + false negatives), over all outputs; positive is above 0.5",
    source: "Keras 3.15",
    examples: ["compile rmsprop metrics=precision,recall"], make: { Recall() }, settings: { _ in () })

  private var right = 0
  private var actual = 0

  public init() {}

  public mutating func add(_ output: FloatSpan, _ target: FloatSpan) {
    for i in 0..<output.count where target[i] > 0.5 {
      actual += 1
      right += output[i] > 0.5 ? 1 : 0
    }
  }

  public var sums: [Double] {
    get { [Double(right), Double(actual)] }
    set { (right, actual) = (Int(exactly: newValue[0]) ?? 0, Int(exactly: newValue[1]) ?? 0) }
  }

  public var value: Double { actual == 0 ? 0 : Double(right) / Double(actual) }
}
