import Grammar
import Pictures

/// Classifies test examples.
struct Predict: Command {
  let indices: [Int]

  static let form = Form<Predict>(
    "predict", "Classifies test examples: the class, and the probability of each.",
    .rest("index", .integer(0...), "numbers of test examples, from 0"),
    examples: ["predict 0", "predict 3 1 4"], make: { Predict(indices: $0) }, settings: { $0.indices })

  static func canRun(on session: Session) -> Bool { session.isComplete }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    if let index = indices.first(where: { $0 >= dataset.test.count }) {
      throw .noExample(index, .test, dataset.test.count)
    }
    var rows: [Row] = []
    for index in indices {
      let predictions = try Predictions(draft, .test, rows: index..<index + 1, host)
      rows.append(
        Row(
          index: index, true: dataset.test.labels[index], predicted: predictions.predicted(index),
          probabilities: predictions.probabilities(index)))
    }
    return Finding(classes: dataset.classes, rows: rows)
  }

  private struct Row {
    let index: Int
    let `true`: Int
    let predicted: Int
    let probabilities: [Float]
  }

  private struct Finding: Answer {
    let classes: [String]
    let rows: [Row]

    var json: JSON {
      .object([
        (
          "predictions",
          .list(rows.map {
            .object([
              ("index", .integer($0.index)), ("class", .integer($0.predicted)),
              ("probabilities", .list($0.probabilities.map(JSON.float))),
            ])
          })
        )
      ])
    }

    var pictures: [any Picture] {
      let head: [Table.Column] = [.init("index"), .init("true"), .init("predicted")]
      return [
        Table(
          head + classes.map { .init("p(\($0))") },
          rows: rows.map { row in
            let style = row.true == row.predicted ? Style(.green) : Style(.red)
            return [
              Line("\(row.index)"), Line(classes[row.true], Style(.blue)), Line(classes[row.predicted], style),
            ] + row.probabilities.map { Line(fixed(Double($0), 3), $0 < 0.0005 ? .dim : .plain) }
          })
      ]
    }
  }
}
