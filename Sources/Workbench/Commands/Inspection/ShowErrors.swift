import Datasets
import Engine
import Grammar
import Pictures

/// Shows examples that the network classifies wrongly.
struct ShowErrors: Command {
  /// Which come first.
  enum Ranking: String, CaseIterable, Sendable {
    case index, worst
  }

  let count: Int
  let label: String?
  let predicted: String?
  let order: Ranking
  /// Pictures in a row; nil for as many as fit.
  let columns: Int?

  static let form = Form<ShowErrors>(
    "show errors",
    "Shows wrongly classified test examples, the true class in blue, the predicted one in red after a cross; of values "
      + "those that are furthest off.",
    Parameter("count", .integer(1...10_000), default: 100, "how many at most"),
    .named(
      "true", ArgumentType<String>.text("a class").from(.labels).optional, default: nil, "only examples of this class"),
    .named(
      "predicted", ArgumentType<String>.text("a class").from(.labels).optional, default: nil,
      "only examples taken for this class"),
    .named("order", .choice("order"), default: .index, "worst: the least probable true class first"),
    .named(
      "columns", ArgumentType.integer(1...100).optional, default: nil,
      "pictures in a row; few are large enough for a projector"),
    examples: ["show errors 10", "show errors 5 order=worst", "show errors 6 columns=3"],
    make: { ShowErrors(count: $0, label: $1, predicted: $2, order: $3, columns: $4) },
    settings: { ($0.count, $0.label, $0.predicted, $0.order, $0.columns) })

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isComplete }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    guard dataset.targets.isClasses else { return try residuals(draft, dataset, host) }
    let label = try self.label.map { (name) throws(Refusal) in try dataset.index(of: name) }
    let predicted = try self.predicted.map { (name) throws(Refusal) in try dataset.index(of: name) }
    let predictions = try Predictions(draft, .test, host)
    let all = predictions.wrong.map { Mistake($0, predictions) }
    var chosen = all.filter { (label ?? $0.true) == $0.true && (predicted ?? $0.predicted) == $0.predicted }
    if order == .worst { chosen.sort { ($0.rank, $0.index) < ($1.rank, $1.index) } }
    return Output(
      wrong: all.count, chosen: chosen.count, examples: dataset.test, classes: dataset.classes,
      mistakes: Array(chosen.prefix(count)), columns: columns)
  }

  private func residuals(_ session: Session, _ dataset: Dataset, _ host: Host) throws(Refusal) -> any Answer {
    guard label == nil, predicted == nil else { throw .notClasses(hint: "show errors") }
    let predictions = try Predictions(session, .test, host)
    return Residuals(
      table: ValueTable(predictions: predictions, dataset: dataset), rows: Array(predictions.worst.prefix(count)))
  }

  /// Examples whose values are furthest off.
  private struct Residuals: Answer {
    let table: ValueTable
    let rows: [Int]

    var json: JSON { .object([("errors", table.json(rows))]) }

    var pictures: [any Picture] {
      let count = grouped(table.predictions.rows.count)
      return [
        Paragraph(Line("the \(grouped(rows.count)) of \(count) test examples that are furthest off")),
        table.table(rows),
      ]
    }
  }

  private struct Mistake {
    let index: Int
    let `true`: Int
    let predicted: Int
    let outputs: ClassOutputs
    /// How far the network is for the true class.
    let rank: Float

    init(_ row: Int, _ predictions: Predictions) {
      index = row
      `true` = predictions.examples.labels[row]
      predicted = predictions.predicted(row)
      outputs = predictions.classOutputs(row)
      rank = predictions.probabilities(row)[`true`]
    }
  }

  private struct Output: Answer {
    let wrong: Int
    /// How many of them are of the kind asked for.
    let chosen: Int
    let examples: Examples
    let classes: [String]
    let mistakes: [Mistake]
    let columns: Int?

    var held: HeldArrays { examples.held }

    var json: JSON {
      .object([
        ("wrong", .integer(wrong)),
        (
          "errors",
          .list(
            mistakes.map {
              .object([
                ("index", .integer($0.index)), ("true", .integer($0.true)), ("predicted", .integer($0.predicted)),
                ($0.outputs.heading, .float($0.outputs.number(of: $0.predicted))),
                ("true_\($0.outputs.heading)", .float($0.outputs.number(of: $0.true))),
              ])
            })
        ),
      ])
    }

    var pictures: [any Picture] {
      [Paragraph(Line(headline)), table]
    }

    var shown: [any Picture] {
      [
        Paragraph([Line(headline)] + (mistakes.isEmpty ? [] : [legend, Line()])),
        examples.isPictured ? TileGrid(mistakes.map(tile), columns: columns, table: table) : table,
      ] as [any Picture]
    }

    private var headline: String {
      let share = percent(Double(wrong) / Double(max(1, examples.count)))
      let all = "\(grouped(wrong)) of \(grouped(examples.count)) test examples are wrong (\(share))"
      return chosen == wrong ? all : all + ", \(grouped(chosen)) of them as asked for"
    }

    private var legend: Line {
      let numbers = mistakes.first?.outputs.areProbabilities == false ? "outputs" : "probabilities"
      return Line("each: ", .dim) + Line("true class", Style(.blue, isBold: true)) + Line(" ×predicted class", Style(.red))
        + Line("; below, where there is room, #number and both \(numbers)", .dim)
    }

    /// `5 ×6`, and below `#8 5% ×91%`: the true class in blue at the left, the prediction in red after a cross.
    private func tile(_ mistake: Mistake) -> TileGrid.Tile {
      let labels = [
        Line(classes[mistake.true], Style(.blue, isBold: true)), Line("×\(classes[mistake.predicted])", Style(.red)),
      ]
      let outputs = mistake.outputs
      let note =
        Line("#\(mistake.index) ", .dim) + Line(outputs.brief(of: mistake.true), Style(.blue))
        + Line(" ×\(outputs.brief(of: mistake.predicted))", Style(.red))
      return examples.tile(mistake.index, labels, note: note)
    }

    private var table: Table {
      let heading = mistakes.first?.outputs.heading ?? "probability"
      return Table(
        [.init("index"), .init("true"), .init("predicted"), .init(heading), .init("true \(heading)")],
        rows: mistakes.map(row),
        values: mistakes.map {
          [
            "\($0.index)", classes[$0.true], classes[$0.predicted], "\($0.outputs.number(of: $0.predicted))",
            "\($0.outputs.number(of: $0.true))",
          ]
        })
    }

    private func row(_ mistake: Mistake) -> [Line] {
      [
        Line("\(mistake.index)"), Line(classes[mistake.true], Style(.blue)),
        Line(classes[mistake.predicted], Style(.red)), Line(mistake.outputs.text(of: mistake.predicted)),
        Line(mistake.outputs.text(of: mistake.true)),
      ]
    }
  }
}
