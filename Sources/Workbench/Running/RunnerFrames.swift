import Grammar
import Pictures

/// Scripts that lines run.
extension Runner {
  /// Pushes the script that a line runs; nil while nothing can be told of the line.
  mutating func enter(_ origin: Frame.Origin, _ draft: Session) -> Outcome? {
    let mistakes = origin.answer.script.mistakes(inside: files, placed)
    guard let first = mistakes.first else {
      session = draft
      push(Frame(origin.answer.script, placed.paths, origin: origin))
      return nil
    }
    keep(origin)
    let replay = Replay(
      commands: 0, left: origin.answer.script.lines.filter { !Script.isBlank($0) }, diagnostic: first,
      ending: .diagnostic, outcomes: [])
    let answer = origin.answer.editedText == nil ? nil : origin.answer.completed(replay)
    var outcome = Outcome(
      number(), origin.statement.line, answer: answer, diagnostic: first, further: Array(mistakes.dropFirst()))
    outcome.notes = keptNotes(origin, commands: 0)
    stop(.diagnostic, first, &outcome)
    return end(outcome, origin.started)
  }

  /// Takes the topmost script off; the outcome of the line that ran it, nil when a driver did.
  mutating func close() -> Outcome? {
    let frame = frames.removeLast()
    let replay = frame.replay
    guard let origin = frame.origin else {
      ending = replay.ending
      return nil
    }
    var outcome = Outcome(number(), origin.statement.line, answer: origin.answer.completed(replay))
    (outcome.diagnostic, outcome.wasTold) = (replay.diagnostic, true)
    outcome.notes = (outcome.answer?.notes ?? []) + settle(origin, replay)
    write(&outcome, origin.statement)
    if let diagnostic = outcome.diagnostic {
      stop(replay.ending == .interrupted ? .interrupted : .diagnostic, diagnostic, &outcome)
    } else if replay.ending != .finished {
      stop(replay.ending, nil, &outcome)
    }
    return end(outcome, origin.started)
  }

  /// What an edited session comes to: all of it, as one step for `undo`, or nothing. What to tell.
  private mutating func settle(_ origin: Frame.Origin, _ replay: Replay) -> [Line] {
    guard origin.answer.editedText != nil else { return [] }
    if replay.ending == .finished || replay.ending == .quit {
      session.remember(origin.before, line: origin.statement.line)
      session.estimate = .unknown
      host.unfinishedEdit = nil
      return []
    }
    let ran = session
    session = origin.before
    if replay.commands > 0 { session.offer(ran, line: origin.statement.line) }
    keep(origin)
    return keptNotes(origin, commands: replay.commands)
  }

  /// Keeps a text that was edited and could not be run, for the next `edit`.
  private mutating func keep(_ origin: Frame.Origin) {
    guard let text = origin.answer.editedText else { return }
    host.unfinishedEdit = UnfinishedEdit(text: text, script: origin.before.script)
  }

  private func keptNotes(_ origin: Frame.Origin, commands: Int) -> [Line] {
    guard origin.answer.editedText != nil else { return [] }
    let taken = commands > 0 ? "; redo brings back what ran" : ""
    return ["the session is as it was before; edit opens your text again\(taken)"]
  }
}
