import Grammar

/// Takes back what changed the session.
struct Undo: Command {
  let count: Int

  static let form = Form<Undo>(
    "undo", "Takes back the last commands that changed the session, training included; files they wrote stay.",
    Parameter("count", .integer(1...1000), default: 1, "how many"),
    examples: ["undo"], make: { Undo(count: $0) }, settings: { $0.count })

  static var effect: Effect { .meta }

  static func canRun(on session: Session) -> Bool { !session.past.isEmpty }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    var lines: [String] = []
    for step in 0..<count {
      guard let line = draft.stepBack() else {
        throw step == 0 && draft.hasForgotten ? .forgotten : .notSoFar("undo", count, step)
      }
      lines.append(line)
    }
    return Remark(
      "took back: \(lines.joined(separator: "; "))", [("undone", .list(lines.map(JSON.text)))])
  }
}

extension Refusal {
  /// What is older went to save memory.
  fileprivate static let forgotten = Refusal(
    "nothing can be undone any more: what there was is gone to save memory; set undo keeps more", hint: "set undo 4GB")
  static func notSoFar(_ verb: String, _ wanted: Int, _ possible: Int) -> Refusal {
    possible == 0
      ? Refusal("there is nothing to \(verb)")
      : Refusal("\(verb) \(wanted) goes too far: there are \(possible)", hint: "\(verb) \(possible)")
  }
}
