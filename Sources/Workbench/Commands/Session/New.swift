import Grammar

/// Begins an empty session.
struct New: Command {
  static let form = Form<New>(
    "new", "Begins an empty session with the same seed; undo brings back the one before.",
    examples: ["new"], make: { New() }, settings: { _ in () })

  static var effect: Effect { .undoable }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let hadTraining = draft.hasUnsavedTraining
    draft = draft.emptied
    return Remark(
      "", [("seed", .text(String(draft.seed.number)))],
      notes: hadTraining ? ["the training before was not saved; undo brings it back"] : [])
  }

  /// An empty session has no lines.
  func replay(of line: String, _ answer: any Answer) -> String? { nil }
}
