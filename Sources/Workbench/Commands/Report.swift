import Grammar
import Pictures

/// Tells how well each class is recognised.
struct Report: Command {
  let split: Split

  static let form = Form<Report>(
    "report", "Tells precision, recall, f1 and support of each class, and the most confused pairs.",
    Parameter("split", Split.kind, default: .test, "which examples"),
    formula: "precision = right / predicted; recall = right / true; f1 = 2·precision·recall / (precision + recall)",
    examples: ["report"], make: { Report(split: $0) }, settings: { $0.split })

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isComplete }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let counts = try Predictions(draft, split, host).confusion
    return Output(
      labels: try draft.loaded().classes, classes: counts.indices.map { Class($0, counts) },
      confused: ConfusedPairs(counts))
  }

  private struct Class {
    let precision: Double
    let recall: Double
    let f1: Double
    let support: Int

    init(_ index: Int, _ counts: [[Int]]) {
      let right = Double(counts[index][index])
      let predicted = Double(counts.reduce(0) { $0 + $1[index] })
      support = counts[index].reduce(0, +)
      precision = predicted == 0 ? 0 : right / predicted
      recall = support == 0 ? 0 : right / Double(support)
      f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
    }
  }

  private struct Output: Answer {
    let labels: [String]
    let classes: [Class]
    let confused: ConfusedPairs

    var json: JSON {
      .object([
        (
          "classes",
          .list(classes.indices.map { index in
            .object([
              ("class", .text(labels[index])), ("precision", .number(classes[index].precision)),
              ("recall", .number(classes[index].recall)), ("f1", .number(classes[index].f1)),
              ("support", .integer(classes[index].support)),
            ])
          })
        ),
        (
          "confused",
          .list(confused.pairs.map {
            .object([
              ("true", .integer($0.true)), ("predicted", .integer($0.predicted)), ("count", .integer($0.count)),
            ])
          })
        ),
      ])
    }

    var pictures: [any Picture] {
      let rows = classes.indices.map { index in
        let one = classes[index]
        return [
          Line(labels[index], .bold), Line(fixed(one.precision, 4)), Line(fixed(one.recall, 4)),
          Line(fixed(one.f1, 4)), Line(grouped(one.support)),
        ]
      }
      let table = Table(
        [.init("class", leansRight: false), .init("precision"), .init("recall"), .init("f1"), .init("support")],
        rows: rows, bars: classes.map { Table.Bar($0.f1, Style(.blue)) },
        values: classes.indices.map { index in
          let one = classes[index]
          return [labels[index], "\(one.precision)", "\(one.recall)", "\(one.f1)", String(one.support)]
        })
      return [table, confused.sentence(labels)]
    }
  }
}
