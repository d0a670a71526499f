import Datasets
import Engine
import Pictures

/// How well values are predicted, and which examples are furthest off.
struct ValueReport: Answer {
  /// Examples that are named.
  private static let named = 5

  private let figures: [ValueFigures]
  private let worst: Table
  private let worstJSON: JSON
  private let target: String

  init(_ predictions: Predictions, _ dataset: Dataset, _ split: Split) {
    figures = (0..<predictions.examples.targets.width).map { index in
      ValueFigures(
        predictions.rows.map { row in
          let (truth, outputs) = (predictions.truth(row), predictions.outputs(row))
          return (Double(truth[truth.startIndex + index]), Double(outputs[outputs.startIndex + index]))
        })
    }
    let values = ValueTable(predictions: predictions, dataset: dataset)
    let rows = Array(predictions.worst.prefix(ValueReport.named))
    worst = values.table(rows)
    worstJSON = values.json(rows)
    target = dataset.target ?? "value"
  }

  private func name(_ index: Int) -> String { figures.count == 1 ? target : "\(target) \(index + 1)" }

  var json: JSON {
    .object([
      (
        "values",
        .list(
          figures.enumerated().map { index, figures in
            .object(
              [("name", .text(name(index)))] + figures.all.map { ($0.name, $0.value.map(JSON.number) ?? .null) }
                + [("count", .integer(figures.count))])
          })
      ),
      ("worst", worstJSON),
    ])
  }

  var notes: [Line] {
    figures.contains { $0.r2 == nil } ? ["– all values are the same, so there is no r²"] : []
  }

  var pictures: [any Picture] {
    let table = Table(
      [.init("", leansRight: false)] + (figures.first?.all ?? []).map { .init($0.name == "r2" ? "r²" : $0.name) } + [
        .init("examples")
      ],
      rows: figures.enumerated().map { index, figures in
        [Line(name(index), .bold)]
          + figures.all.map { figure in
            figure.value.map { Line(ValueTable.text(Float($0))) } ?? Line("–", .dim)
          } + [Line(grouped(figures.count))]
      },
      values: figures.enumerated().map { index, figures in
        [name(index)] + figures.all.map { figure in figure.value.map { "\($0)" } ?? "" } + ["\(figures.count)"]
      })
    return [table, Paragraph([Line(), Line("furthest off:")]), worst]
  }
}
