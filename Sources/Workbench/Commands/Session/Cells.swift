import Engine
import Grammar
import Pictures

/// Lists the session's commands.
struct Cells: Command {
  static let form = Form<Cells>(
    "cells", "Lists the session's commands, numbered, with their times.",
    examples: ["cells"], make: { Cells() }, settings: { _ in () })

  static var effect: Effect { .meta }

  static var givesTable: Bool { true }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer { Output(cells: draft.cells) }

  private struct Output: Answer {
    let cells: SharedList<Cell>

    var json: JSON {
      .object([
        ("cells", .list(cells.map { .object([("line", .text($0.line)), ("seconds", .number($0.seconds))]) }))
      ])
    }

    var pictures: [any Picture] {
      [
        Table(
          [.init("#"), .init("seconds"), .init("command", leansRight: false)],
          rows: cells.enumerated().map {
            [Line("\($0 + 1)", .dim), Line(fixed($1.seconds, 2), isVolatile: true), Line($1.line.onOneLine)]
          },
          values: cells.enumerated().map { ["\($0 + 1)", "\($1.seconds)", $1.line.onOneLine] })
      ]
    }
  }
}
