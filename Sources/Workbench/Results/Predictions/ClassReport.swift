import Pictures

/// Precision, recall, f1 and support of each class.
struct ClassReport: Answer {
  private let labels: [String]
  private let classes: [Class]
  private let confused: ConfusedPairs

  /// - Parameter counts: rows true, columns predicted.
  init(labels: [String], counts: [[Int]]) {
    self.labels = labels
    classes = counts.indices.map { Class($0, counts) }
    confused = ConfusedPairs(counts)
  }

  private struct Class {
    /// nil where no example is taken for the class: 0 / 0.
    let precision: Double?
    /// nil where no example is of the class.
    let recall: Double?
    /// nil where neither is.
    let f1: Double?
    let support: Int

    init(_ index: Int, _ counts: [[Int]]) {
      let right = Double(counts[index][index])
      let predicted = Double(counts.reduce(0) { $0 + $1[index] })
      support = counts[index].reduce(0, +)
      precision = predicted == 0 ? nil : right / predicted
      recall = support == 0 ? nil : right / Double(support)
      // The same as 2·precision·recall / (precision + recall), and true where one of them cannot be told.
      f1 = predicted + Double(support) == 0 ? nil : 2 * right / (predicted + Double(support))
    }
  }

  var json: JSON {
    .object([
      (
        "classes",
        .list(
          classes.indices.map { index in
            .object([
              ("class", .text(labels[index])), ("precision", ClassReport.json(classes[index].precision)),
              ("recall", ClassReport.json(classes[index].recall)), ("f1", ClassReport.json(classes[index].f1)),
              ("support", .integer(classes[index].support)),
            ])
          })
      ),
      (
        "confused",
        .list(
          confused.pairs.map {
            .object([
              ("true", .integer($0.true)), ("predicted", .integer($0.predicted)), ("count", .integer($0.count)),
            ])
          })
      ),
    ])
  }

  private static func json(_ figure: Double?) -> JSON { figure.map(JSON.number) ?? .null }

  private static func text(_ figure: Double?) -> Line { figure.map { Line(fixed($0, 4)) } ?? Line("–", .dim) }

  private static func value(_ figure: Double?) -> String { figure.map { "\($0)" } ?? "" }

  /// Why some figures are missing.
  var notes: [Line] {
    func names(_ isMissing: (Class) -> Bool) -> String? {
      let missing = classes.indices.filter { isMissing(classes[$0]) }.map { labels[$0] }
      return missing.isEmpty ? nil : missing.joined(separator: ", ")
    }
    return [
      names { $0.precision == nil }.map { "– no example is taken for \($0), so there is no precision" },
      names { $0.recall == nil }.map { "– no example is of class \($0), so there is no recall" },
    ].compactMap { $0.map { Line($0) } }
  }

  var pictures: [any Picture] {
    let rows = classes.indices.map { index in
      let one = classes[index]
      return [
        Line(labels[index], .bold), ClassReport.text(one.precision), ClassReport.text(one.recall),
        ClassReport.text(one.f1),
        Line(grouped(one.support)),
      ]
    }
    let table = Table(
      [.init("class", leansRight: false), .init("precision"), .init("recall"), .init("f1"), .init("support")],
      rows: rows, bars: classes.map { Table.Bar($0.f1 ?? 0, Style(.blue)) },
      values: classes.indices.map { index in
        let one = classes[index]
        return [labels[index]] + [one.precision, one.recall, one.f1].map(ClassReport.value) + [String(one.support)]
      })
    return [table, confused.sentence(labels)]
  }
}
