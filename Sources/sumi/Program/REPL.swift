import Engine
import Files
import Glibc
import Grammar
import Pictures
import Workbench

/// The prompt, from the banner to the end: reads lines, runs them, and shows what comes of them.
struct REPL {
  private let screen: Screen
  private let keyboard: Keyboard
  private let editor: any LineReader
  private let journal: Journal
  private(set) var runner: Runner
  private var guide: Guide

  /// nil when libedit cannot be started on this terminal.
  init?(_ runner: Runner, _ screen: Screen, _ keyboard: Keyboard, _ journal: Journal) {
    let environment = runner.host.environment
    let folders = Folders(environment: environment)
    let history = History(folder: folders.state)
    if screen.canEdit {
      guard let editor = LineEditor(screen: screen, history: history, keyboard: keyboard) else { return nil }
      self.editor = editor
      screen.ownKeys()
    } else {
      editor = PlainReader(history: history)
    }
    (self.runner, self.screen, self.keyboard) = (runner, screen, keyboard)
    guide = Guide(history: history.lines)
    self.journal = journal
    self.runner.host.edit = { (text) throws(Refusal) in
      try screen.lent { () throws(Refusal) in try ExternalEditor(environment: environment).edit(text) }
    }
  }

  /// Until the person leaves; the exit status.
  mutating func run() -> Int32 {
    Interrupt.installForPrompt()
    if let note = editor.history.takeWarning() { say(Line(note)) }
    if !tellRecovered() { showHint() }
    while !screen.hasFailed {
      switch read() {
      case .line(let line): if runTyped(line) { return Program.Status.fine }
      case .dropped: guide.clear()
      case .end:
        if screen.canEdit { screen.draw("\n") } else { screen.message("") }
        if mayLeave() { return Program.Status.fine }
      case .gone: return cutOff()
      }
      if Interrupt.isEnding { return cutOff() }
    }
    return cutOff()
  }

  /// Tells of sessions that were kept, and offers the line that goes on with the latest; false when there are none.
  private mutating func tellRecovered() -> Bool {
    let sessions = KeptSessions(runner.host.environment)
    guard let news = sessions.news() else { return false }
    guide.offer(news.next)
    // What nobody reads is told another time.
    guard !screen.isQuiet else { return true }
    for line in news.lines { say(Line(line)) }
    sessions.markTold(news.sessions)
    return true
  }

  private mutating func read() -> Entry {
    let (session, environment) = (runner.session, runner.host.environment)
    editor.complete = { Completion(of: $0, in: session, environment: environment) }
    editor.offer = guide.offer
    // Ctrl-C between two lines of a paste ends the paste.
    if Interrupt.isRequested { dropPasted() }
    let isPasted = !editor.pasted.lines.isEmpty
    let entry = editor.read(prompt, settings)
    // What came while a line was typed does not stop it.
    if !isPasted { Interrupt.clear() }
    return entry
  }

  /// `digits · 784→512→10 6> `: a share of the row for the status, so that it stays as the number grows.
  private var prompt: Line {
    let session = runner.session
    let number = Line("\(runner.next)>", .bold) + Line(" ")
    guard settings.prompt == .full else { return number }
    let standing = PromptStatus(session).text(within: max(screen.columns / 2, screen.columns - 35))
    return standing.isEmpty ? number : Line(standing + " ", .dim) + number
  }

  /// Runs what was typed; true when it ends the program.
  private mutating func runTyped(_ line: String) -> Bool {
    guard line.contains(where: { !$0.isWhitespace }) else { return false }
    editor.remember(line)
    if let warning = editor.history.takeWarning() { say(Line(warning)) }
    screen.hasReader = editor.pasted.lines.isEmpty
    guard let outcome = runner.run(Continuation(line).joined) else { return false }
    screen.hasReader = false
    editor.history.judge(line, hasFailed: outcome.diagnostic != nil)
    if outcome.diagnostic != nil || Interrupt.isRequested { dropPasted() }
    if let next = outcome.nextLine {
      guide.offer(next)
    } else if outcome.diagnostic == nil {
      showHint()
    } else {
      guide.clear()
    }
    return outcome.isLast && mayLeave()
  }

  /// What was pasted after a mistake would run on the wrong state.
  private func dropPasted() {
    let left = editor.pasted.all
    editor.pasted = Pasted()
    if let note = Replay.note(of: left) { screen.message(note) }
  }

  /// Shows a beginner what to type next.
  private mutating func showHint() {
    let isFirst = guide.isNew
    guard let line = guide.next(after: runner.session, settings) else { return }
    let how = isFirst && editor.canSuggest ? "   → takes it, Enter runs it; set hints no ends these hints" : ""
    say(Line("next: ", .dim) + Line(line) + Line(how, .dim))
  }

  /// Ctrl-D: asks first when training would be lost.
  private func mayLeave() -> Bool {
    guard runner.session.hasUnsavedTraining else { return true }
    let epochs = runner.session.history.count
    let isSure = screen.isAffirmed(
      "\(epochs == 1 ? "an epoch is" : "\(epochs) epochs are") not saved; leave all the same? (y/n) ")
    if !isSure {
      screen.message("to keep it: save session work.sumi")
      keyboard.forgetEnd()
    }
    // Two keys are pressed fast, and a night's training is not had again.
    if isSure, let note = journal.close(.left, runner.session) { screen.message(note) }
    return isSure || Interrupt.isEnding
  }

  /// The terminal is gone, or the program shall end: the session is kept in a file.
  private func cutOff() -> Int32 {
    if let note = journal.close(.cutOff, runner.session) { screen.message(note) }
    return 128 + (Interrupt.signal == 0 ? SIGHUP : Interrupt.signal)
  }

  private var settings: Settings { runner.host.preferences.settings }

  private func say(_ line: Line) { screen.say(line) }
}
