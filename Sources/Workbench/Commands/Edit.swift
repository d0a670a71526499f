import Grammar

/// Opens the session's commands in an editor, and runs what comes back.
struct Edit: Command {
  static let form = Form<Edit>(
    "edit", "Opens the session's commands in your editor ($VISUAL, $EDITOR) and runs them again when it is closed.",
    examples: ["edit"], make: { Edit() }, settings: { _ in () })

  static var effect: Effect { .steers }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let before = draft.script
    let text = try host.edit(before.map { $0 + "\n" }.joined())
    let script = try Script(name: "edited session", bytes: Array(text.utf8))
    let after = script.commands
    guard after != before else { return Remark("nothing was changed") }
    let kept = zip(before, after).prefix { $0 == $1 }.count
    let (session, count) = draft.state(after: kept)
    var edited = session
    let replay = script.dropping(count).replay(on: &edited, cell: 1, host: host)
    guard replay.diagnostic == nil else { throw .notReplayed }
    edited.remember(draft)
    draft = edited
    return Remark(
      "\(grouped(count)) command\(count == 1 ? "" : "s") kept, \(grouped(replay.lines)) run; "
        + "undo brings back the session as it was",
      [("kept", .integer(count)), ("commands", .integer(replay.lines))])
  }
}

extension Session {
  /// The latest state in which no more than the first `count` lines of its script had run, and how many had.
  fileprivate func state(after count: Int) -> (session: Session, lines: Int) {
    // A drawn seed stands in the script without having been a line.
    let extra = script.count - cells.count
    let states = (past + [self]).filter { $0.seed == seed && $0.script.count - $0.cells.count == extra }
    if let known = states.last(where: { $0.script.count <= count }) { return (known, known.script.count) }
    return (Session(seed: seed, settings: settings), extra <= count ? extra : 0)
  }
}

extension Refusal {
  fileprivate static let notReplayed = Refusal("the session is as it was before", hint: "edit")
}
