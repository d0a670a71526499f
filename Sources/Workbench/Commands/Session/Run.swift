import Grammar
import Pictures

/// Replays a script.
struct Run: Command {
  let file: String

  static let form = Form<Run>(
    "run", "Replays a script; the whole of it is read before its first line runs.",
    Parameter("file", .text("a file's name").from(.scripts), "a script"),
    examples: ["run first-steps.sumi"], make: { Run(file: $0) }, settings: { $0.file })

  static var effect: Effect { .meta }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    Pending(file: file, script: try Script(file: host.path(file), isStopRequested: host.isStopRequested))
  }

  private struct Pending: DeferredAnswer {
    let file: String
    let script: Script

    func completed(_ replay: Replay) -> any Answer { Output(file: file, replay: replay) }
  }

  private struct Output: Answer {
    let file: String
    let replay: Replay

    var json: JSON {
      .object([("file", .text(file)), ("commands", .integer(replay.commands)), ("left", .integer(replay.left.count))]
        + (replay.outcomes.isEmpty ? [] : [("cells", .list(replay.outcomes.map(\.json)))]))
    }

    /// What the script showed, each result below its line; nothing when the screen has shown it.
    var pictures: [any Picture] { replay.outcomes.flatMap { part($0) { $0.shown } } }

    var figures: [any Picture] { replay.outcomes.flatMap { part($0) { $0.figures } } }

    var shown: [any Picture] { [] }

    var isLast: Bool { replay.ending == .quit }

    var notes: [Line] {
      guard replay.ending == .interrupted else { return [] }
      let note = "the script was stopped after \(counted(replay.commands, "command")); what was done is kept"
      return [Line(note)] + (replay.leftNote.map { [Line($0)] } ?? [])
    }

    private func part(_ outcome: Outcome, _ results: (any Answer) -> [any Picture]) -> [any Picture] {
      let line = Line("> ", .dim) + Line(outcome.line, .bold)
      let told = outcome.wasTold ? [] : outcome.diagnostic?.lines ?? []
      return [Paragraph(line)] + (outcome.answer.map(results) ?? []) + [Paragraph(outcome.notes + told)]
    }
  }
}
