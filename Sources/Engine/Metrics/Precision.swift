import Grammar

/// The share of outputs above 0.5 whose target is 1, over all outputs of all rows.
///
/// After Keras 3.15 `Precision`; 0 where no output is above.
public struct Precision: Metric {
  public static var quantity: Quantity { .share }

  public static let form = Form<Precision>(
    "precision", "The share of what the network affirms that is true.",
    formula: "true positives / (true + false positives), over all outputs; positive is above 0.5",
    source: "Keras 3.15",
    examples: ["compile rmsprop metrics=precision,recall"], make: { Precision() }, settings: { _ in () })

  private var right = 0
  private var affirmed = 0

  public init() {}

  public mutating func add(_ output: FloatSpan, _ target: FloatSpan) {
    for i in 0..<output.count where output[i] > 0.5 {
      affirmed += 1
      right += target[i] > 0.5 ? 1 : 0
    }
  }

  public var sums: [Double] {
    get { [Double(right), Double(affirmed)] }
    set { (right, affirmed) = (Int(exactly: newValue[0]) ?? 0, Int(exactly: newValue[1]) ?? 0) }
  }

  public var value: Double { affirmed == 0 ? 0 : Double(right) / Double(affirmed) }
}
