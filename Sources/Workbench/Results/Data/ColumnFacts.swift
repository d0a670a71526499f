import Engine
import Pictures

/// How the numbers of a column lie.
struct ColumnFacts {
  /// Columns that are told of at most.
  private static let most = 50

  let name: String
  let count: Int
  let minimum: Double
  let mean: Double
  let deviation: Double
  let maximum: Double

  init(_ name: String, _ numbers: some Sequence<Float>) {
    self.name = name
    var (count, mean, squares) = (0.0, 0.0, 0.0)
    var (minimum, maximum) = (Double.infinity, -Double.infinity)
    // One pass without loss (Welford 1962).
    for number in numbers {
      let value = Double(number)
      count += 1
      let step = value - mean
      mean += step / count
      squares += step * (value - mean)
      (minimum, maximum) = (min(minimum, value), max(maximum, value))
    }
    self.count = Int(exactly: count) ?? 0
    (self.mean, deviation) = (mean, count > 0 ? (squares / count).squareRoot() : 0)
    (self.minimum, self.maximum) = count > 0 ? (minimum, maximum) : (0, 0)
  }

  /// Those of a data set's columns.
  static func all(of examples: Examples, named names: [String]) -> [ColumnFacts] {
    guard names.count <= most, names.count == examples.shape.count, case .floats(let floats) = examples.features else {
      return []
    }
    let width = names.count
    return floats.withUnsafeBufferPointer { floats in
      names.enumerated().map { column, name in
        ColumnFacts(name, stride(from: column, to: examples.count * width, by: width).lazy.map { floats[$0] })
      }
    }
  }

  private var figures: [Double] { [minimum, mean, deviation, maximum] }

  /// The same to be looked at: a mean that is 0 but for rounding is 0.
  private var shown: [Double] { [minimum, abs(mean) < 1e-6 * deviation ? 0 : mean, deviation, maximum] }

  var json: JSON {
    .object([
      ("name", .text(name)), ("count", .integer(count)), ("minimum", .number(minimum)), ("mean", .number(mean)),
      ("deviation", .number(deviation)), ("maximum", .number(maximum)),
    ])
  }

  static func table(_ columns: [ColumnFacts], heading: String) -> Table {
    Table(
      [.init(heading, leansRight: false), .init("minimum"), .init("mean"), .init("deviation"), .init("maximum")],
      rows: columns.map { column in [Line(column.name)] + column.shown.map { Line(ValueTable.text(Float($0))) } },
      values: columns.map { column in [column.name] + column.figures.map { "\($0)" } })
  }
}
