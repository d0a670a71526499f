import Grammar
import Pictures

/// Counts which classes are taken for which.
struct Confusion: Command {
  let split: Split

  static let form = Form<Confusion>(
    "confusion", "Counts which classes are taken for which: rows true, columns predicted.",
    Parameter("split", Split.kind, default: .test, "which examples"),
    examples: ["confusion", "confusion train"], make: { Confusion(split: $0) }, settings: { $0.split })

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isComplete }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    Output(
      labels: try draft.loaded().classes, counts: try Predictions(draft, split, host).confusion)
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
}
