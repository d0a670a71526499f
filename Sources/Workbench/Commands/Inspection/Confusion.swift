import Datasets
import Engine
import Grammar
import Pictures

/// Counts which classes are taken for which; of values it shows true against predicted.
struct Confusion: Command {
  let split: Split

  static let form = Form<Confusion>(
    "confusion", "Counts which classes are taken for which: rows true, columns predicted; of values a scatter of both.",
    Parameter("split", Split.kind, default: .test, "which examples"),
    examples: ["confusion", "confusion train"], make: { Confusion(split: $0) }, settings: { $0.split })

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isComplete }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let (dataset, predictions) = (try draft.loaded(), try Predictions(draft, split, host))
    guard dataset.targets.isClasses else {
      return Values(table: ValueTable(predictions: predictions, dataset: dataset), split: split)
    }
    return Output(labels: dataset.classes, counts: predictions.confusion)
  }

  private struct Output: Answer {
    let labels: [String]
    let counts: [[Int]]

    var json: JSON {
      .object([
        ("labels", .list(labels.map(JSON.text))),
        ("matrix", .list(counts.map { .list($0.map(JSON.integer)) })),
      ])
    }

    var pictures: [any Picture] {
      [ConfusionMatrix(labels: labels, counts: counts), ConfusedPairs(counts).sentence(labels)]
    }
  }

  private struct Values: Answer {
    let table: ValueTable
    let split: Split

    var json: JSON {
      .object([("split", .text(split.rawValue)), ("values", table.json(Array(table.predictions.rows)))])
    }

    var byteCount: Int { 64 * table.predictions.rows.count }

    var pictures: [any Picture] { [table.scatter("true and predicted, \(split.rawValue)")] }
  }
}
