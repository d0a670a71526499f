import Engine
import Files

/// A state to come back to, without a past of its own, and the line that led away from it, or to it.
package struct Moment: Sendable {
  let session: Session
  let line: String
}

extension Session {
  /// States that `undo` can go back to at most.
  private static let longestPast = 100

  /// Enters a line that ran into the session's cells, and the state before it into its past.
  /// - Parameter paths: how names of files on the line become paths.
  mutating func record(
    _ statement: Statement, _ answer: any Answer, before: Session, _ paths: PathResolver, seconds: Double
  ) {
    let effect = type(of: statement.command).effect
    guard effect != .meta else { return }
    if effect == .undoable { remember(before, line: statement.line) }
    weigh(answer, isChange: effect == .undoable, before: before)
    guard let line = statement.replay(answer) else { return }
    cells.append(Cell(narration: narration, line: paths.here(line), seconds: seconds, answer: answer))
    narration = []
  }

  /// Keeps the state before a change, so that `undo` finds it.
  mutating func remember(_ before: Session, line: String) {
    var state = before.alone
    // A comment goes with the command that follows it.
    state.narration = []
    state.brokenOff = nil
    past = (before.past + [Moment(session: state, line: line)]).suffix(Session.longestPast)
    future = []
  }

  /// Goes to the state before the last change; the line that made it, nil when there is none.
  mutating func stepBack() -> String? {
    guard let before = past.last else { return nil }
    let left = Moment(session: alone, line: before.line)
    self = before.session.with(past: past.dropLast(), future: future + [left], hasForgotten: hasForgotten)
    weigh(leaving: left.session)
    return before.line
  }

  /// Goes to the state that the last `undo` left; the line that led to it, nil when there is none.
  mutating func stepForward() -> String? {
    guard let after = future.last else { return nil }
    let left = Moment(session: alone, line: after.line)
    self = after.session.with(past: past + [left], future: future.dropLast(), hasForgotten: hasForgotten)
    weigh(leaving: left.session)
    return after.line
  }

  /// Lets `redo` find a state that was worked out and not taken.
  mutating func offer(_ state: Session, line: String) {
    future = [Moment(session: state.alone, line: line)]
    estimate = .unknown
  }

  private var alone: Session { with(past: [], future: []) }

  private func with(past: [Moment], future: [Moment], hasForgotten: Bool = false) -> Session {
    var session = self
    session.past = past
    session.future = future
    session.hasForgotten = hasForgotten
    return session
  }
}
