/// Running means of the loss and the metrics, weighted by rows, as Keras 3.15 keeps them over an epoch.
package struct RunningScore: Sendable {
  private var lossSum = 0.0
  private var rows = 0
  private var metrics: [any Metric]

  package init(_ metrics: [any Metric]) { self.metrics = metrics }

  /// What has been gathered so far: of the loss, of the rows, and of each metric; as many numbers go back.
  package var sums: [[Double]] {
    get { [[lossSum, Double(rows)]] + metrics.map(\.sums) }
    set {
      (lossSum, rows) = (newValue[0][0], Int(exactly: newValue[0][1]) ?? 0)
      for index in metrics.indices { metrics[index].sums = newValue[index + 1] }
    }
  }

  /// Takes in a batch.
  /// - Parameters:
  ///   - losses: the loss of each row.
  ///   - penalty: what the weights add to every row's loss.
  ///   - output: `[rows, width]`, behind the last activation.
  mutating func add(losses: FloatSpan, penalty: Double, output: FloatSpan, targets: FloatSpan) {
    for row in 0..<losses.count { lossSum += Double(losses[row]) + penalty }
    rows += losses.count
    let (width, classes) = (output.count / losses.count, targets.count / losses.count)
    for index in metrics.indices {
      for row in 0..<losses.count {
        metrics[index].add(
          output.part(row * width, count: width), targets.part(row * classes, count: classes))
      }
    }
  }

  /// Whether every loss so far was a number.
  var isFinite: Bool { lossSum.isFinite }

  var score: Score {
    Score(
      loss: rows == 0 ? 0 : lossSum / Double(rows), metrics: metrics.map { Figure($0.name, $0.value) }, count: rows)
  }
}
