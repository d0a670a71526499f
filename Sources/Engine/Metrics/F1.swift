import Grammar

/// The harmonic mean of precision and recall of each class, and their plain mean over the classes.
///
/// After Keras 3.15 `F1Score(average="macro")`: a row is taken for the class of its largest output, for several where
/// they are equal, for none where that is 0. With one output, as `threshold=0.5`: the second class where it is above
/// 0.5, and only that class is scored. 1e-7 is added to every divisor.
public struct F1: Metric {
  public static var quantity: Quantity { .share }

  public static let form = Form<F1>(
    "f1", "Precision and recall of each class in one figure, as a mean over the classes.",
    formula: "mean over classes of 2·p·r / (p + r); a row counts for the class of its largest output",
    source: "Keras 3.15", otherNames: ["F1Score", "f1_score"],
    examples: ["compile rmsprop metrics=accuracy,f1"], make: { F1() }, settings: { _ in () })

  /// Counts of one class.
  private struct Counts {
    var both = 0.0
    var predicted = 0.0
    var actual = 0.0

    var score: Double {
      let margin = Double(probabilityMargin)
      let (precision, recall) = (both / (predicted + margin), both / (actual + margin))
      return 2 * precision * recall / (precision + recall + margin)
    }
  }

  private var classes: [Counts] = []

  public init() {}

  public mutating func add(_ output: FloatSpan, _ target: FloatSpan) {
    if classes.isEmpty { classes = [Counts](repeating: Counts(), count: output.count) }
    let largest = output[output.largest]
    for i in 0..<output.count {
      let isPredicted = output.count == 1 ? output[i] > 0.5 : output[i] >= largest && abs(output[i]) > 1e-9
      let isActual = target[i] > 0.5
      classes[i].both += isPredicted && isActual ? 1 : 0
      classes[i].predicted += isPredicted ? 1 : 0
      classes[i].actual += isActual ? 1 : 0
    }
  }

  public var sums: [Double] {
    get { classes.flatMap { [$0.both, $0.predicted, $0.actual] } }
    set {
      classes = stride(from: 0, to: newValue.count - 2, by: 3).map {
        Counts(both: newValue[$0], predicted: newValue[$0 + 1], actual: newValue[$0 + 2])
      }
    }
  }

  public var value: Double { classes.isEmpty ? 0 : classes.reduce(0) { $0 + $1.score } / Double(classes.count) }
}
