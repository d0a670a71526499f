import Engine
import Grammar
import Pictures

/// Measures loss and metrics.
struct Evaluate: Command {
  let split: Split

  static let form = Form<Evaluate>(
    "evaluate", "Measures the loss and the metrics.",
    Parameter("split", Split.kind, default: .test, "which examples"),
    examples: ["evaluate", "evaluate train"], make: { Evaluate(split: $0) }, settings: { $0.split })

  static func canRun(on session: Session) -> Bool { session.isCompiled }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let (dataset, trainer, network) = (try draft.loaded(), try draft.compiled(), try draft.built())
    let evaluation = try Evaluation(
      network, trainer, split == .test ? dataset.test : dataset.train, threads: host.pool,
      isStopRequested: host.isStopRequested)
    guard let score = try evaluation.run(network) else { throw .stopped }
    draft.evaluation = score
    draft.evaluated = split
    let figures = score.figures.map { "\($0.name) \(figureText($0.value))" }.joined(separator: ", ")
    return Remark(
      "\(split.rawValue): \(figures), \(counted(score.count, "example"))",
      [("split", .text(split.rawValue))] + score.figures.map { ($0.name, .number($0.value)) }
        + [("count", .integer(score.count))],
      notes: draft.noteGap(score, on: split).map { [$0] } ?? [])
  }
}
