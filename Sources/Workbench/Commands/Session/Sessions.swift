import Grammar
import Pictures

/// Lists the sessions that were kept.
struct Sessions: Command {
  static let form = Form<Sessions>(
    "sessions", "Lists the sessions that were kept when they were cut off, or left with training that was not saved.",
    examples: ["sessions"], make: { Sessions() }, settings: { _ in () })

  static var effect: Effect { .meta }

  static var givesTable: Bool { true }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer { Output(kept: host.keptSessions()) }

  private struct Output: Answer {
    let kept: [KeptSession]

    var json: JSON {
      .object([
        (
          "sessions",
          .list(
            kept.map {
              .object([
                ("file", .text($0.script)), ("seconds", .integer($0.age)), ("commands", .integer($0.commands)),
                ("why", .text($0.reason)),
              ])
            })
        )
      ])
    }

    var pictures: [any Picture] {
      guard !kept.isEmpty else { return [Paragraph("no session was kept")] }
      let rows = kept.map { session in
        [
          Line(duration(Double(session.age)), isVolatile: true), Line(grouped(session.commands)),
          Line(session.reason), Line(session.script, isVolatile: true),
        ]
      }
      return [
        Table(
          [.init("ago"), .init("commands"), .init("it", leansRight: false), .init("file", leansRight: false)],
          rows: rows)
      ]
    }

    var notes: [Line] { nextLine.map { ["to go on with the last: \(volatile: $0)"] } ?? [] }

    var nextLine: String? { kept.last.map { "run \(ArgumentType<String>.quote($0.script))" } }
  }
}
