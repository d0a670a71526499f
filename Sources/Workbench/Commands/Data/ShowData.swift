import Datasets
import Engine
import Grammar
import Pictures

/// Shows training examples with their labels.
struct ShowData: Command {
  let count: Int
  let label: String?

  static let form = Form<ShowData>(
    "show data", "Shows the first training examples with their labels.",
    Parameter("count", .integer(1...10_000), default: 20, "how many"),
    .named(
      "class", ArgumentType<String>.text("a class").from(.labels).optional, default: nil,
      "only examples of this class"),
    examples: ["show data 10", "show data 5 class=7"],
    make: { ShowData(count: $0, label: $1) }, settings: { ($0.count, $0.label) })

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isLoaded }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    if label != nil { _ = try dataset.train.requireClasses(hint: "show data") }
    let wanted = try label.map { (label) throws(Refusal) in try dataset.index(of: label) }
    let labels = dataset.train.labels
    let rows = (0..<dataset.train.count).lazy.filter { wanted == nil || labels[$0] == wanted }
    return Output(dataset: dataset, rows: Array(rows.prefix(count)))
  }

  private struct Output: Answer {
    let dataset: Dataset
    let rows: [Int]

    private var examples: Examples { dataset.train }

    var held: HeldArrays { examples.held }

    var json: JSON {
      let values = ExampleTable(dataset: dataset, split: .train)
      return .object([
        ("split", "train"),
        (
          "examples",
          .list(
            rows.map { row in
              dataset.targets.isClasses
                ? .object([("index", .integer(row)), ("class", .integer(examples.labels[row]))])
                : .object([("index", .integer(row)), ("value", .text(values.truth(row)))])
            })
        ),
      ])
    }

    var pictures: [any Picture] {
      guard !rows.isEmpty else { return [Paragraph(Line("no training example is of this class"))] }
      let values = ExampleTable(dataset: dataset, split: .train)
      guard examples.isPictured else { return [values.table(rows)] }
      let tiles = rows.map { row in
        examples.tile(row, [Line(values.truth(row), Style(.blue, isBold: true))], note: Line("#\(row)", .dim))
      }
      let table = Table(
        [.init("index"), .init("class", leansRight: false)],
        rows: rows.map { [Line("\($0)"), Line(values.truth($0))] })
      return [TileGrid(tiles, table: table)]
    }
  }
}
