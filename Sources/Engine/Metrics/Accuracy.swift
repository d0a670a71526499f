import Grammar

/// The share of rows whose largest output is at the true class; with one output, on the right side of 0.5.
///
/// After Keras 3.15: `categorical_accuracy`, and `binary_accuracy` where there is one output.
public struct Accuracy: Metric {
  public static var quantity: Quantity { .share }

  public static let form = Form<Accuracy>(
    "accuracy", "The share of examples that are classified rightly.",
    source: "Keras 3.15", otherNames: ["categorical_accuracy", "sparse_categorical_accuracy", "binary_accuracy"],
    examples: ["compile rmsprop metrics=accuracy"], make: { Accuracy() }, settings: { _ in () })

  private var right = 0
  private var rows = 0

  public init() {}

  public mutating func add(_ output: FloatSpan, _ target: FloatSpan) {
    rows += 1
    if output.count == 1 {
      right += (output[0] > 0.5) == (target[0] > 0.5) ? 1 : 0
    } else {
      right += output.largest == target.largest ? 1 : 0
    }
  }

  public var sums: [Double] {
    get { [Double(right), Double(rows)] }
    set { (right, rows) = (Int(exactly: newValue[0]) ?? 0, Int(exactly: newValue[1]) ?? 0) }
  }

  public var value: Double { rows == 0 ? 0 : Double(right) / Double(rows) }
}

extension FloatSpan {
  /// Where the largest number is, the first of equals.
  public var largest: Int {
    var best = 0
    for i in 0..<count where base[i] > base[best] { best = i }
    return best
  }
}
