import Datasets
import Engine
import Grammar
import Pictures

/// Tells how well each class is recognised, or how well values are predicted.
struct Report: Command {
  let split: Split

  static let form = Form<Report>(
    "report",
    "Tells precision, recall, f1 and support of each class and the most confused pairs; of values mse, mae and r².",
    Parameter("split", Split.kind, default: .test, "which examples"),
    formula: "precision = right / predicted; recall = right / true; f1 = 2·precision·recall / (precision + recall); "
      + "r² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²",
    examples: ["report"], make: { Report(split: $0) }, settings: { $0.split })

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isComplete }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let predictions = try Predictions(draft, split, host)
    let dataset = try draft.loaded()
    guard dataset.targets.isClasses else { return ValueReport(predictions, dataset, split) }
    return ClassReport(labels: dataset.classes, counts: predictions.confusion)
  }
}
