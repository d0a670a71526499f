import Grammar
import Pictures

/// Opens the session's commands in an editor, and runs what comes back.
struct Edit: Command {
  static let form = Form<Edit>(
    "edit", "Opens the session's commands in your editor ($VISUAL, $EDITOR) and runs them again when it is closed.",
    examples: ["edit"], make: { Edit() }, settings: { _ in () })

  static var effect: Effect { .meta }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let before = draft.script
    let unfinished = host.unfinishedEdit.flatMap { $0.script == before ? $0.text : nil }
    let text = try host.edit(unfinished ?? before.map { $0 + "\n" }.joined())
    let script = Script(name: "edited session", edited: text)
    guard script.lines != before else { return Remark("nothing was changed") }
    let (state, kept) = draft.latestState(before: script.lines)
    draft = state
    return Pending(
      text: text, script: script.dropping(lines: kept), kept: script.lines[..<kept].count { !Script.isBlank($0) })
  }

  private struct Pending: DeferredAnswer {
    let text: String
    let script: Script
    let kept: Int

    var editedText: String? { text }

    func completed(_ replay: Replay) -> any Answer { Output(kept: kept, replay: replay) }
  }

  private struct Output: Answer {
    let kept: Int
    let replay: Replay

    private var isDone: Bool { replay.ending == .finished || replay.ending == .quit }

    var json: JSON { .object([("kept", .integer(kept)), ("commands", .integer(replay.commands))]) }

    var pictures: [any Picture] {
      guard isDone else { return [] }
      let what = "\(counted(kept, "command")) kept, \(grouped(replay.commands)) run"
      return [Paragraph(Line("\(what); undo brings back the session as it was"))]
    }

    var notes: [Line] { replay.ending == .interrupted ? [replay.leftNote].compactMap { $0.map { Line($0) } } : [] }

    var nextLine: String? { isDone ? nil : "edit" }

    var isLast: Bool { replay.ending == .quit }
  }
}

/// A text of `edit` that could not be run, and the session's script that it was made from.
public struct UnfinishedEdit: Sendable {
  let text: String
  let script: [String]
}

extension Session {
  /// The latest state whose script these lines begin with, and how many of them that are.
  fileprivate func latestState(before lines: [String]) -> (session: Session, kept: Int) {
    let fresh = Session(seed: seed)
    for state in ([fresh] + past.map(\.session) + [self]).reversed() where state.seed.number == seed.number {
      let script = state.script
      if lines.starts(with: script) { return (state, script.count) }
    }
    return (fresh, 0)
  }
}
