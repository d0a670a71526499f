import Grammar
import Pictures
import Workbench

/// What the speaker wants, done.
extension Presenter {
  mutating func perform(_ action: Action) {
    switch action {
    case .run: advance()
    case .back:
      newLine()
      go(to: position - 1)
    case .again:
      newLine()
      guard position > 0 else { return }
      go(to: position - 1)
      stage.prompt(runner.next, step: position)
      stage.type(talk.steps[position].command ?? "")
      advance()
    case .skip:
      newLine()
      if position < talk.steps.count { reach(position + 1) }
    case .overview:
      newLine()
      stage.overview(at: position)
    case .help:
      newLine()
      stage.help()
    case .jump(let number):
      newLine()
      jump(to: number)
    case .detour(let typed):
      newLine()
      detour(typed)
    case .leave, .redraw:
      newLine()
      isOver = action == .leave
    }
  }

  private func newLine() { stage.screen.draw("\n") }

  /// Runs the step's command, and goes on.
  private mutating func advance() {
    newLine()
    guard position < talk.steps.count else { return }
    let step = talk.steps[position]
    guard step.command != nil else { return reach(position + 1) }
    let observers = runner.observers
    let curtain = step.question == nil ? nil : Curtain(stage.screen)
    if let curtain { runner.observers = observers.filter { !($0 is Screen) } + [curtain] }
    let ending = play(step.script)
    runner.observers = observers
    if let curtain { reveal(curtain) }
    if ending == .diagnostic { hasFailed = true }
    if ending == .quit || (ending == .diagnostic && pace.auto != nil) { isOver = true }
    reach(position + 1)
  }

  /// Ctrl-C stops the command, and keeps what it did; the talk goes on.
  private mutating func play(_ script: Script) -> Replay.Ending {
    Interrupt.clear()
    mode.leave()
    let quiet = TerminalModes.quieten()
    defer {
      quiet?.undo()
      mode.enter()
      Interrupt.clear()
    }
    return runner.run(script)
  }

  private func reveal(_ curtain: Curtain) {
    if pace.auto == nil { stage.draw([Line("… Enter shows the answer", .dim)]) }
    _ = wait()
    curtain.rise()
  }

  /// Stands before a step that was not reached before, or again, with the state that there is.
  private mutating func reach(_ step: Int) {
    position = step
    if step < moments.count { moments.removeSubrange(step...) }
    moments.append(runner.bookmark)
  }

  /// Stands before a step with the state that there was.
  private mutating func go(to step: Int) {
    guard moments.indices.contains(step) else { return }
    position = step
    runner.go(to: moments[step])
  }

  /// Goes to a heading; what lies before it, and has not run yet, runs unseen.
  private mutating func jump(to number: Int) {
    guard talk.headings.indices.contains(number - 1) else {
      return stage.draw([Line("there is no heading \(number); o lists them", .dim)])
    }
    let target = talk.headings[number - 1].step
    if target < moments.count { return go(to: target) }
    go(to: moments.count - 1)
    let observers = runner.observers
    runner.observers = observers.filter { !($0 is Screen) }
    defer { runner.observers = observers }
    while position < target {
      guard play(talk.steps[position].script) == .finished else {
        return stage.draw([Line("stopped on the way; the step that is shown did not run to its end", .dim)])
      }
      reach(position + 1)
    }
  }

  /// Lines of the speaker's own, on the state of the talk; then the talk goes on as if nothing had happened.
  private mutating func detour(_ typed: String) {
    guard let editor else { return stage.draw([Line("there is no prompt on this terminal", .dim)]) }
    let before = runner.bookmark
    editor.pasted.draft = typed
    while !pace.isGone {
      let (session, environment) = (runner.session, runner.host.environment)
      editor.complete = { Completion(of: $0, in: session, environment: environment) }
      let prompt = Line("detour ", Style(.yellow)) + Line("\(runner.next)>", .bold) + Line(" ")
      let entry = editor.read(prompt, stage.settings)
      guard case .line(let line) = entry else {
        if entry == .dropped { continue }
        newLine()
        break
      }
      let word = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if word == "continue" { break }
      if word.isEmpty { continue }
      editor.remember(line)
      guard play(Script(typed: Continuation(line).joined)) != .quit else {
        isOver = true
        return
      }
    }
    mode.enter()
    runner.go(to: before)
  }
}
