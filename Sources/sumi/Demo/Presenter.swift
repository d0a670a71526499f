import Files
import Glibc
import Grammar
import Pictures
import Workbench

/// Gives a talk: drives the runner a step at a time, and can go back with the state that there was.
struct Presenter {
  /// What the speaker wants next.
  enum Action: Equatable {
    case run, back, again, skip, overview, help, leave, redraw
    case jump(Int)
    /// A detour at the full prompt, with what was typed of it already.
    case detour(String)
  }

  let talk: Talk
  let stage: Stage
  let pace: Pace
  let editor: LineEditor?
  let speaker: SpeakerNotes?
  let showsNotes: Bool
  var runner: Runner
  let mode = RawMode()
  var position = 0
  /// The moments before each step that was reached, for going back.
  var moments: [Runner.Bookmark]
  var hasFailed = false
  var isOver = false

  init(
    _ talk: Talk, _ runner: Runner, _ screen: Screen, _ editor: LineEditor?, _ pace: Pace, speaker: SpeakerNotes?,
    showsNotes: Bool
  ) {
    stage = Stage(screen: screen, settings: runner.host.preferences.settings, talk: talk)
    (self.talk, self.runner, self.editor, self.pace) = (talk, runner, editor, pace)
    (self.speaker, self.showsNotes) = (speaker, showsNotes)
    moments = [runner.bookmark]
  }

  /// Until the speaker leaves; the exit status.
  mutating func run() -> Int32 {
    Interrupt.installForPrompt()
    if pace.auto == nil { stage.draw([Line("Enter goes on, : types a command, ? lists the keys, q leaves", .dim)]) }
    while !isOver, !pace.isGone, !stage.screen.hasFailed {
      let action = present()
      if !isOver { perform(action) }
    }
    mode.leave()
    speaker?.end()
    if Interrupt.isEnding { return 128 + Interrupt.signal }
    return hasFailed && pace.auto != nil ? Program.Status.failed : Program.Status.fine
  }

  /// Shows a step up to its command, and waits for what the speaker wants.
  private mutating func present() -> Action {
    guard position < talk.steps.count else { return atEnd() }
    let step = talk.steps[position]
    tell(step)
    stage.say(step, isPrompted: showsNotes)
    if let auto = pace.auto, !step.narration.isEmpty, let key = pace.pause(auto), let action = action(key) {
      return action
    }
    if step.command != nil { stage.prompt(runner.next, step: position) }
    if let action = type(step.command ?? "") { return action }
    return wait()
  }

  /// What the speaker alone sees.
  private func tell(_ step: Talk.Step) {
    guard let speaker else { return }
    let place = "\(position + 1)/\(talk.steps.count)  \(talk.heading(of: position)?.title ?? "")"
    let next = talk.steps.dropFirst(position + 1).first?.command.map { ["then: \($0)"] } ?? []
    speaker.show([place, ""] + step.notes + [""] + (step.command.map { ["now:  \($0)"] } ?? []) + next)
  }

  /// Types the command at a natural pace; a key shows the rest at once.
  private func type(_ command: String) -> Action? {
    for (place, character) in command.enumerated() {
      stage.type(String(character))
      if place + 1 == command.count { return nil }
      guard let key = pace.pause(Pace.delay(behind: character, at: place)) else { continue }
      stage.type(String(command.dropFirst(place + 1)))
      if let action = action(key), action != .run { return action }
      return nil
    }
    return nil
  }

  private mutating func atEnd() -> Action {
    guard pace.auto == nil else {
      isOver = true
      return .leave
    }
    stage.draw([Line(), Line("the end; b goes back, q leaves", .dim)])
    let action = wait()
    return action == .run ? .leave : action
  }

  /// The next key that means something.
  func wait() -> Action {
    while true {
      var wasResized = false
      guard let key = pace.auto.map({ pace.pause($0) ?? .character("\r") }) ?? pace.key(resized: { wasResized = true })
      else { return .leave }
      // What was shown for another width is shown again, and the key still counts.
      if wasResized { stage.draw([Line()]) }
      if let action = action(key) { return action }
    }
  }

  /// What a key means; nil for one that means nothing.
  private func action(_ key: Keystroke) -> Action? {
    switch key {
    case .key(.left), .key(.up): return .back
    case .key(.right), .key(.down): return .run
    case .character(let character): return action(character)
    default: return nil
    }
  }

  private func action(_ character: Unicode.Scalar) -> Action? {
    switch character {
    case "\r", "\n", " ": return .run
    case "\u{7F}": return .back
    case "b": return command(from: character) ?? .back
    case "r": return command(from: character) ?? .again
    case "s": return command(from: character) ?? .skip
    case "o": return command(from: character) ?? .overview
    case "q": return command(from: character) ?? .leave
    case "?": return .help
    case "\u{4}": return .leave
    case ":", "\t": return .detour("")
    case "1"..."9": return .jump(number(from: character))
    default:
      let isControl = character.value <= 0x20 || (0x7F..<0xA0).contains(character.value)
      return isControl ? nil : .detour(String(character))
    }
  }

  /// Keys that mean something begin commands too, `s` as in `summary`: whoever types on at once means the command.
  private func command(from first: Unicode.Scalar) -> Action? {
    guard pace.auto == nil, let key = pace.pause(Presenter.patience) else { return nil }
    if case .character(let second) = key {
      let typed = "\(first)\(second)"
      if Commands.catalogue.forms.contains(where: { $0.name.hasPrefix(typed) }) { return .detour(typed) }
    }
    pace.putBack(key)
    return nil
  }

  /// Seconds in which somebody who types a word has come to its second letter.
  private static let patience = 0.3

  /// A number of two digits, where there are so many headings.
  private func number(from key: Unicode.Scalar) -> Int {
    let first = Int(key.value) - 48
    guard talk.headings.count >= 10, case .character(let second) = pace.pause(0.7), let digit = Int(String(second))
    else { return first }
    return first * 10 + digit
  }
}
