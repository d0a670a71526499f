import Engine
import Grammar
import Pictures

/// Draws the curves of several fits on one axis.
struct ShowRuns: Command {
  let numbers: [Int]

  static let form = Form<ShowRuns>(
    "show runs", "Draws how the loss of several fits went, on one axis; the latest five when no numbers are given.",
    .rest("number", .integer(1...), isRequired: false, "numbers of fits, as runs lists them"),
    examples: ["show runs", "show runs 1 2"], make: { ShowRuns(numbers: $0) }, settings: { $0.numbers })

  static var effect: Effect { .meta }

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { !session.history.isEmpty }

  /// More lines cannot be told apart.
  private static let maximum = Curve.Strokes.allCases.count

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let all = try Ledger(host.environment)?.entries() ?? []
    guard !all.isEmpty || !numbers.isEmpty else { return RunList(entries: [], total: 0, all: 0) }
    var entries: [LedgerEntry] = []
    for number in numbers { entries.append(try Runs.entry("\(number)", all)) }
    if entries.isEmpty { entries = Array(all.suffix(ShowRuns.maximum)) }
    guard entries.count <= ShowRuns.maximum else {
      throw Refusal("\(entries.count) lines cannot be told apart; expected \(ShowRuns.maximum) numbers or fewer")
    }
    return Output(entries: entries)
  }

  private struct Output: Answer {
    let entries: [LedgerEntry]

    var json: JSON {
      .object([
        (
          "runs",
          .list(entries.map { .object([("number", .integer($0.number)), ("curve", .list($0.curve.map(JSON.number)))]) })
        )
      ])
    }

    /// Losses of one kind on one axis: those of others say nothing beside them.
    var pictures: [any Picture] {
      let all = Array(entries.enumerated())
      let kinds = all.reduce(into: [String]()) { kinds, next in
        let kind = Output.kind(next.element)
        if !kinds.contains(kind) { kinds.append(kind) }
      }
      let curves = kinds.map { kind in
        Output.curve(kinds.count == 1 ? "loss" : kind, all.filter { Output.kind($0.element) == kind })
      }
      return curves + [RunList.table(entries)]
    }

    private static func kind(_ entry: LedgerEntry) -> String { "\(entry.best.name), \(entry.setting("loss"))" }

    private static func curve(_ title: String, _ entries: [(offset: Int, element: LedgerEntry)]) -> Curve {
      let longest = entries.map(\.element.curve.count).max() ?? 0
      let series = entries.map { index, entry in
        Curve.Series(
          "\(entry.number) \(entry.setting("optimizer"))", strokes: .of(index), Curve.style(of: index),
          values: (0..<longest).map { $0 < entry.curve.count ? entry.curve[$0] : nil })
      }
      return Curve(title, series, labels: Array(1...max(1, longest)))
    }
  }
}
