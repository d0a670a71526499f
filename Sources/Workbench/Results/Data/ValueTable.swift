import Datasets
import Engine
import Pictures

/// Examples with their values: true, predicted, and how far off.
struct ValueTable {
  let predictions: Predictions
  let dataset: Dataset

  /// What a value is called.
  private var name: String { dataset.target ?? "value" }

  /// The table of some rows.
  func table(_ rows: [Int]) -> Table {
    let width = predictions.examples.targets.width
    let heads = (0..<width).flatMap { index -> [Table.Column] in
      let mark = width == 1 ? "" : " \(index + 1)"
      return [.init("true" + mark), .init("predicted" + mark), .init("residual" + mark)]
    }
    let numbers = rows.map { row in
      zip(predictions.truth(row), predictions.outputs(row)).flatMap { [$0, $1, $1 - $0] }
    }
    return Table(
      [.init("index")] + heads,
      rows: zip(rows, numbers).map { row, numbers in
        [Line("\(row)")]
          + numbers.enumerated().map { place, number in
            Line(ValueTable.text(number), [Style(.blue), Style.plain, Style(.red)][place % 3])
          }
      },
      values: zip(rows, numbers).map { row, numbers in ["\(row)"] + numbers.map { "\($0)" } })
  }

  /// True against predicted: what is right lies on the line.
  func scatter(_ title: String) -> Scatter {
    let points = predictions.rows.flatMap { row in
      zip(predictions.truth(row), predictions.outputs(row)).map { (x: Double($0), y: Double($1)) }
    }
    let all = points.flatMap { [$0.x, $0.y] }.filter(\.isFinite)
    let ends = [all.min() ?? 0, all.max() ?? 1]
    return Scatter(
      title, axes: ("true \(name)", "predicted"), [.init("", mark: "•", Style(.blue), points: points)],
      path: .init("predicted = true", Style(.green), points: ends.map { ($0, $0) }),
      table: table(Array(predictions.rows)))
  }

  func json(_ rows: [Int]) -> JSON {
    .list(
      rows.map { row in
        .object([
          ("index", .integer(row)), ("true", ValueTable.json(predictions.truth(row))),
          ("predicted", ValueTable.json(predictions.outputs(row))),
          ("residual", ValueTable.json(predictions.residuals(row)[...])),
        ])
      })
  }

  /// One number alone, several as a list.
  static func json(_ numbers: ArraySlice<Float>) -> JSON {
    numbers.count == 1 ? .float(numbers.first ?? 0) : .list(numbers.map(JSON.float))
  }

  /// With digits that suit its size.
  static func text(_ number: Float) -> String {
    let size = abs(Double(number))
    return size < 1 ? figureText(Double(number)) : fixed(Double(number), size >= 10_000 ? 0 : size >= 100 ? 1 : 3)
  }
}

extension Targets {
  /// Values of an example; 1 for classes.
  var width: Int { if case .values(_, let width) = self { width } else { 1 } }
}
