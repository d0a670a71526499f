import Pictures

/// Which classes are taken for which others, the most frequent first.
struct ConfusedPairs {
  /// One kind of mistake.
  struct Pair: Equatable {
    let `true`: Int
    let predicted: Int
    let count: Int
  }

  /// Pairs that are named.
  private static let maximum = 5

  let pairs: [Pair]

  /// - Parameter counts: rows true, columns predicted.
  init(_ counts: [[Int]]) {
    var pairs: [Pair] = []
    for row in counts.indices {
      for column in counts.indices where column != row && counts[row][column] > 0 {
        pairs.append(Pair(true: row, predicted: column, count: counts[row][column]))
      }
    }
    pairs.sort { ($1.count, $0.true, $0.predicted) < ($0.count, $1.true, $1.predicted) }
    self.pairs = Array(pairs.prefix(ConfusedPairs.maximum))
  }

  /// `most confused: 4 taken for 9 21×, …`
  func sentence(_ labels: [String]) -> Paragraph {
    guard !pairs.isEmpty else { return Paragraph(Line("nothing is confused", Style(.green))) }
    var line = Line("most confused: ")
    for (index, pair) in pairs.enumerated() {
      if index > 0 { line.append(", ") }
      line =
        line + Line(labels[pair.true], Style(.blue)) + Line(" taken for ") + Line(labels[pair.predicted], Style(.red))
        + Line(" \(pair.count)×")
    }
    return Paragraph(line)
  }
}
