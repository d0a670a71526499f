import Engine
import Grammar

/// Fails when a figure is not as it should be.
struct Expect: Command {
  let condition: Condition

  static let form = Form<Expect>(
    "expect", "Fails unless a figure of the last evaluate, else of the last epoch, is as it should be.",
    .phrase("condition", Condition.kind.from(.measured), "a metric, one of >= <= == != < \">\", and a number"),
    examples: ["expect accuracy >= 0.1", "expect loss < 3"],
    make: { Expect(condition: $0) }, settings: { $0.condition })

  static func canRun(on session: Session) -> Bool { !session.measured.isEmpty }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let figures = draft.measured
    guard !figures.isEmpty else {
      throw Refusal("nothing has been measured yet", hint: draft.isCompiled ? "evaluate" : draft.nextLine)
    }
    guard let figure = figures.first(where: { $0.name == condition.metric }) else {
      throw .noFigure(condition.metric, figures.map(\.name))
    }
    guard condition.holds(figure.value) else { throw .untrue(condition, figure.value) }
    return Remark(
      "\(condition.text) holds: \(condition.shown(figure.value))",
      [("metric", .text(figure.name)), ("value", .number(figure.value)), ("holds", true)])
  }
}

extension Refusal {
  fileprivate static func untrue(_ condition: Condition, _ value: Double) -> Refusal {
    Refusal("expected \(condition.text), but \(condition.metric) is \(condition.shown(value))")
  }
}
