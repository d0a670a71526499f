import Grammar

/// The area under the receiver operating characteristic: recall against the share of false alarms, over all outputs.
///
/// After Keras 3.15 `AUC` with its defaults: 200 thresholds at equal distances, the first just below 0 and the last
/// just above 1, joined by straight lines.
public struct AUC: Metric {
  private static let thresholds = 200

  public static var quantity: Quantity { .probability }

  public static let form = Form<AUC>(
    "auc", "How surely true outputs lie above others: the area under the ROC curve; 0.5 is chance, 1 is perfect.",
    formula: "area of recall over false positive rate, at 200 thresholds, over all outputs",
    source: "Keras 3.15",
    examples: ["compile rmsprop metrics=accuracy,auc"], make: { AUC() }, settings: { _ in () })

  /// Outputs above each threshold but not above the next, by their targets.
  private var right = [Int](repeating: 0, count: thresholds)
  private var wrong = [Int](repeating: 0, count: thresholds)

  public init() {}

  public func check(outputs: Int, behind activation: any Activation) throws(Refusal) {
    guard !activation.givesProbabilities else { return }
    throw Refusal(
      "auc wants probabilities, and the last layer ends in \(activation.name), which gives numbers outside 0 … 1",
      hint: "add activation sigmoid")
  }

  public mutating func add(_ output: FloatSpan, _ target: FloatSpan) {
    for i in 0..<output.count where !output[i].isNaN {
      let share = min(max(output[i], 0), 1)
      let bucket = max(0, Int((share * Float(AUC.thresholds - 1)).rounded(.up)) - 1)
      if target[i] > 0.5 { right[bucket] += 1 } else { wrong[bucket] += 1 }
    }
  }

  public var sums: [Double] {
    get { (right + wrong).map(Double.init) }
    set {
      let counts = newValue.map { Int(exactly: $0) ?? 0 }
      (right, wrong) = (Array(counts.prefix(AUC.thresholds)), Array(counts.dropFirst(AUC.thresholds)))
    }
  }

  public var value: Double {
    let (rights, wrongs) = (right.reduce(0, +), wrong.reduce(0, +))
    guard rights > 0, wrongs > 0 else { return 0 }
    var (area, recall) = (0.0, 0.0)
    // From the highest threshold down, both rates grow.
    for bucket in (0..<AUC.thresholds).reversed() {
      let next = recall + Double(right[bucket]) / Double(rights)
      area += Double(wrong[bucket]) / Double(wrongs) * (recall + next) / 2
      recall = next
    }
    return area
  }
}
