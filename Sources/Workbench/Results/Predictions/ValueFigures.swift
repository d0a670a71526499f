/// How well values are predicted.
struct ValueFigures {
  let count: Int
  /// The mean of the squared residuals.
  let mse: Double
  /// The mean size of the residuals.
  let mae: Double
  /// The mean residual: above 0 where too much is predicted.
  let bias: Double
  /// The share of the variance that is explained, 1 at best; nil where all values are the same.
  let r2: Double?

  /// - Parameter pairs: what is true and what was predicted.
  init(_ pairs: [(true: Double, predicted: Double)]) {
    count = pairs.count
    let total = Double(max(1, count))
    mse = pairs.reduce(0) { $0 + ($1.predicted - $1.true) * ($1.predicted - $1.true) } / total
    mae = pairs.reduce(0) { $0 + abs($1.predicted - $1.true) } / total
    bias = pairs.reduce(0) { $0 + ($1.predicted - $1.true) } / total
    let mean = pairs.reduce(0) { $0 + $1.true } / total
    let variance = pairs.reduce(0) { $0 + ($1.true - mean) * ($1.true - mean) } / total
    r2 = variance > 0 ? 1 - mse / variance : nil
  }

  var rmse: Double { mse.squareRoot() }

  /// Names and figures, in the order of a report.
  var all: [(name: String, value: Double?)] {
    [("mse", mse), ("rmse", rmse), ("mae", mae), ("bias", bias), ("r2", r2)]
  }
}
