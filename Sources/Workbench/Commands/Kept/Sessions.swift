import Glibc
import Grammar
import Pictures

/// Lists the sessions that are kept.
struct Sessions: Command {
  static let form = Form<Sessions>(
    "sessions", "Lists the sessions that are kept, the latest last, with what they hold and how they ended.",
    examples: ["sessions"], make: { Sessions() }, settings: { _ in () })

  static var effect: Effect { .meta }

  static var givesTable: Bool { true }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let now = Glibc.time(nil)
    let rows = KeptSessions(host.environment).all().map { session in
      Output.Row(session: session, age: max(0, now - session.changed / 1_000_000_000))
    }
    return Output(rows: rows, own: host.journal?.title)
  }

  private struct Output: Answer {
    struct Row {
      let session: KeptSession
      /// Seconds since its last change; a clock that went back makes none younger than now.
      let age: Int

      /// Whether this program is at it.
      func isOwn(_ title: String?) -> Bool { session.state == .running && session.title == title }

      func state(_ own: String?, isBrief: Bool) -> String {
        isOwn(own) ? "is this one" : isBrief ? session.state.brief : session.state.text
      }
    }

    let rows: [Row]
    let own: String?

    var json: JSON { .object([("sessions", .list(rows.map(json)))]) }

    private func json(_ row: Row) -> JSON {
      let status = row.session.status
      return .object([
        ("name", .text(row.session.title)), ("folder", .text(row.session.folder)), ("seconds", .integer(row.age)),
        ("commands", .integer(row.session.commands)), ("data", status?.data.map(JSON.text) ?? .null),
        ("network", status?.network.map(JSON.text) ?? .null), ("epochs", .integer(status?.epochs ?? 0)),
        ("score", status?.score.map(JSON.text) ?? .null), ("state", .text(row.state(own, isBrief: false))),
      ])
    }

    var pictures: [any Picture] {
      guard !rows.isEmpty else { return [Paragraph("no session was kept")] }
      let columns: [Table.Column] = [
        .init("name", leansRight: false), .init("ago"), .init("data", leansRight: false), .init("epochs"),
        .init("score", leansRight: false), .init("it", leansRight: false),
      ]
      let cells = rows.map { row in
        [
          Line(row.session.title, isVolatile: true), Line(duration(Double(row.age)), isVolatile: true),
          Line(row.session.status?.data ?? ""), Line(grouped(row.session.status?.epochs ?? 0)),
          Line(row.session.status?.score ?? ""), Line(row.state(own, isBrief: true)),
        ]
      }
      return [Table(columns, rows: cells)]
    }

    private var candidate: KeptSession? { rows.last { $0.session.canResume }?.session }

    var notes: [Line] {
      let unreadable = rows.compactMap { row -> Line? in
        guard case .unreadable(let why) = row.session.state else { return nil }
        return Line("\(volatile: row.session.title): \(volatile: why)")
      }
      return unreadable + (candidate.map { ["to go on with the last: \(volatile: $0.line)"] } ?? [])
    }

    var nextLine: String? { candidate?.line }
  }
}
