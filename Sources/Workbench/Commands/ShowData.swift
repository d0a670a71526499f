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
    .named("class", ArgumentType<String>.text("a class").from(.labels).optional, default: nil, "only examples of this class"),
    examples: ["show data 10", "show data 5 class=7"],
    make: { ShowData(count: $0, label: $1) }, settings: { ($0.count, $0.label) })

  static func canRun(on session: Session) -> Bool { session.isLoaded }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    _ = try dataset.train.requireClasses()
    let wanted = try label.map { (label) throws(Refusal) in try dataset.index(of: label) }
    let rows = dataset.train.labels.indices.lazy.filter { wanted == nil || dataset.train.labels[$0] == wanted }
    let shown = Array(rows.prefix(count))
    return Output(
      examples: dataset.train, classes: dataset.classes, rows: shown)
  }

  private struct Output: Answer {
    let examples: Examples
    let classes: [String]
    let rows: [Int]

    var held: HeldArrays { examples.held }

    var json: JSON {
      .object([
        ("split", "train"),
        ("examples", .list(rows.map { .object([("index", .integer($0)), ("class", .integer(examples.labels[$0]))]) })),
      ])
    }

    var pictures: [any Picture] {
      guard !rows.isEmpty else { return [Paragraph(Line("no training example is of this class"))] }
      let tiles = rows.map { row in
        examples.tile(
          row, [Line(classes[examples.labels[row]], Style(.blue, isBold: true))], note: Line("#\(row)", .dim))
      }
      let table = Table(
        [.init("index"), .init("class", leansRight: false)],
        rows: rows.map { [Line("\($0)"), Line(classes[examples.labels[$0]])] })
      return [TileGrid(tiles, table: table)]
    }
  }
}
