import Engine
import Pictures

/// Fits as a table.
struct RunList: Answer {
  let entries: [LedgerEntry]
  /// How many there are that fit what was asked for, and in all.
  let total: Int
  let all: Int
  /// What is to be said of their order.
  var order: String?

  var json: JSON { .object([("runs", .list(entries.map(\.json))), ("total", .integer(total))]) }

  var pictures: [any Picture] {
    guard !entries.isEmpty else {
      return [Paragraph(all == 0 ? "no fit has been entered yet" : "none of \(counted(all, "fit")) is one of these")]
    }
    return [RunList.table(entries)]
  }

  var notes: [Line] {
    let cut: [Line] =
      total > entries.count
      ? ["\(grouped(entries.count)) of \(counted(total, "fit")); runs last=\(total) lists all"] : []
    return cut + (order.map { [Line($0)] } ?? [])
  }

  /// On a narrow terminal the longest texts are cut, and what says least is left out.
  static func table(_ entries: [LedgerEntry]) -> Table {
    let texts = ["data", "network", "optimizer", "fit"]
    return Table(
      [
        .init("#"), .init("data", leansRight: false, least: 8, priority: 3),
        .init("network", leansRight: false, least: 20), .init("optimizer", leansRight: false, least: 12),
        .init("fit", leansRight: false, least: 12, priority: 1), .init("seconds", priority: 2), .init("last"),
        .init("best", priority: 4),
      ],
      rows: entries.map { entry in
        [Line("\(entry.number)", .dim)] + texts.map { Line(entry.setting($0)) } + [
          Line(fixed(entry.seconds, 1), isVolatile: true), Line(figure(entry)),
          Line("\(entry.best.name) \(figureText(entry.best.value))"),
        ]
      },
      values: entries.map { entry in
        ["\(entry.number)"] + texts.map(entry.setting) + ["\(entry.seconds)", figure(entry), "\(entry.best.value)"]
      })
  }

  /// The last figure that says most: a metric of validation, else of training.
  private static func figure(_ entry: LedgerEntry) -> String {
    entry.figures.last.map { "\($0.name) \(figureText($0.value))" } ?? ""
  }
}

/// One fit, with the lines that give it again.
struct RunDetail: Answer {
  let entry: LedgerEntry

  var json: JSON { .object([("run", entry.json), ("script", .list(entry.script.map(JSON.text)))]) }

  var script: [String]? { entry.script }

  var pictures: [any Picture] {
    let rows =
      entry.settings.map { [Line($0.name), Line($0.value)] }
      + [
        [Line("epochs"), Line("\(entry.epochs)")], [Line("seconds"), Line(fixed(entry.seconds, 2), isVolatile: true)],
      ]
      + entry.figures.map { [Line($0.name), Line(figureText($0.value))] }
      + [[Line("best \(entry.best.name)"), Line(figureText(entry.best.value))]]
    let lines = entry.script.flatMap { $0.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) }
    return [
      Table([.init("run \(entry.number)", leansRight: false), .init("", leansRight: false)], rows: rows),
      Paragraph([Line()] + lines.map { Line(String($0)) }),
    ]
  }
}

/// What two fits differ in.
struct RunDifference: Answer {
  private let numbers: (Int, Int)
  private let rows: [(name: String, first: String, second: String)]

  init(_ first: LedgerEntry, _ second: LedgerEntry) {
    numbers = (first.number, second.number)
    let names =
      first.figures.map(\.name)
      + second.figures.map(\.name).filter { name in !first.figures.contains { $0.name == name } }
    func figure(_ entry: LedgerEntry, _ name: String) -> String {
      entry.figures.first { $0.name == name }.map { figureText($0.value) } ?? "–"
    }
    let all =
      LedgerEntry.names.map { (name: $0, first: first.setting($0), second: second.setting($0)) }
      + [(name: "epochs", first: "\(first.epochs)", second: "\(second.epochs)")]
      + names.map { (name: $0, first: figure(first, $0), second: figure(second, $0)) }
    rows = all.filter { $0.first != $0.second }
  }

  var json: JSON {
    .object([
      ("runs", .list([.integer(numbers.0), .integer(numbers.1)])),
      ("differences", .object(rows.map { ($0.name, .list([.text($0.first), .text($0.second)])) })),
    ])
  }

  var pictures: [any Picture] {
    guard !rows.isEmpty else {
      return [Paragraph("runs \(numbers.0) and \(numbers.1) differ in nothing but their time")]
    }
    return [
      Table(
        [
          .init("", leansRight: false), .init("run \(numbers.0)", leansRight: false),
          .init("run \(numbers.1)", leansRight: false),
        ],
        rows: rows.map { [Line($0.name), Line($0.first), Line($0.second)] })
    ]
  }
}
