import Grammar
import Pictures

/// Goes on with a session that was kept.
struct Resume: Command {
  let name: String?

  static let form = Form<Resume>(
    "resume", "Goes on with a session that was kept, also in the middle of a fit; the present one is kept as it is.",
    Parameter(
      "name", ArgumentType<String>.text("a session's name").from(.sessions).optional, default: .some(nil),
      "which one; the last when left out"),
    examples: ["resume"], make: { Resume(name: $0) }, settings: { $0.name })

  static var effect: Effect { .meta }

  static func canRun(in environment: [String: String]) -> Bool {
    KeptSessions(environment).all().contains(where: \.canResume)
  }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    guard let journal = host.journal else { throw Refusal("no sessions are kept here", hint: "help sessions") }
    let kept = try KeptSessions(host.environment).find(name)
    let restored = try SessionRestore.run(kept, host)
    journal.adopt(restored, draft)
    draft = restored.session
    let output = Output(name: kept.title, restored: restored)
    guard restored.rest.contains(where: { !Script.isBlank($0) }) else { return output }
    return Pending(output: output, script: Script(name: "", edited: restored.rest.map { $0 + "\n" }.joined()))
  }

  private struct Pending: DeferredAnswer {
    let output: Output
    let script: Script

    func completed(_ replay: Replay) -> any Answer {
      var output = output
      output.replay = replay
      return output
    }
  }

  private struct Output: Answer {
    let name: String
    let restored: RestoredSession
    /// How the lines went that were left.
    var replay: Replay?

    var json: JSON {
      .object([
        ("name", .text(name)), ("commands", .integer(restored.session.cells.count)),
        ("undo", .integer(restored.session.past.count)), ("ran", .integer(replay?.commands ?? 0)),
        ("left", .integer(replay?.left.count ?? 0)),
      ])
    }

    var pictures: [any Picture] {
      if let replay {
        let verb = replay.commands == 1 ? "was" : "were"
        let what: Line = "\(counted(replay.commands, "command")) ran that \(verb) left in \(volatile: name)"
        return [Paragraph(what)]
      }
      let status = PromptStatus(restored.session).text(within: 60)
      let what: Line = "\(counted(restored.session.cells.count, "command")) of \(volatile: name)"
      return [Paragraph(status.isEmpty ? what : what + Line(": \(status)"))]
    }

    var notes: [Line] { restored.notes + (replay?.leftNote.map { [Line($0)] } ?? []) }

    var nextLine: String? { restored.nextLine }

    var isLast: Bool { replay?.ending == .quit }
  }
}
