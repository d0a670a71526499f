import Grammar

/// Does again what undo took back.
struct Redo: Command {
  let count: Int

  static let form = Form<Redo>(
    "redo", "Does again what undo took back.",
    Parameter("count", .integer(1...1000), default: 1, "how many"),
    examples: ["redo"], make: { Redo(count: $0) }, settings: { $0.count })

  static var effect: Effect { .meta }

  static func canRun(on session: Session) -> Bool { !session.future.isEmpty }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    var lines: [String] = []
    for step in 0..<count {
      guard let line = draft.stepForward() else { throw .notSoFar("redo", count, step) }
      lines.append(line)
    }
    return Remark("did again: \(lines.joined(separator: "; "))", [("redone", .list(lines.map(JSON.text)))])
  }
}
