import Grammar
import Pictures

/// Runs lines on a session, one step at a time.
///
/// A driver opens a script, or what was typed, and decides when each step comes; observers see every line and what
/// became of it, once. A line that runs a script pushes a frame: its own outcome follows that of the script's last
/// line.
public struct Runner {
  public internal(set) var session: Session
  /// What commands get from outside.
  public var host: Host
  public var observers: [any RunObserver]
  /// How the script ended that a driver opened last.
  public internal(set) var ending = Replay.Ending.finished
  var frames: [Frame] = []
  var count = 0
  var hasToldForgetting = false

  public init(session: Session, host: Host, observers: [any RunObserver] = []) {
    (self.session, self.host, self.observers) = (session, host, observers)
  }

  /// The number that the next line will have.
  public var next: Int { count + 1 }

  /// Puts a script on top; the whole of it is read first, so that a word mistyped at its end is told at once.
  /// - Returns: what to tell when it has mistakes; nothing of it runs then.
  @discardableResult
  public mutating func open(_ script: Script) -> Outcome? {
    ending = .finished
    let mistakes = script.mistakes(inside: files, host)
    guard let first = mistakes.first else {
      push(Frame(script, host.paths))
      return nil
    }
    ending = .diagnostic
    return tell(Outcome(number(), first.line ?? "", diagnostic: first, further: Array(mistakes.dropFirst())))
  }

  /// Runs to the end of the next line, and tells the observers; nil when nothing is left to run.
  public mutating func step() -> Outcome? {
    while let frame = frames.indices.last {
      if let entry = frames[frame].next() {
        if let outcome = run(entry) { return outcome }
      } else if let outcome = close() {
        return outcome
      }
    }
    return nil
  }

  /// Runs a script to its end.
  @discardableResult
  public mutating func run(_ script: Script) -> Replay.Ending {
    if open(script) == nil { while step() != nil {} }
    return ending
  }

  /// Runs what was typed, a command or several with `;` between them; the last outcome, nil when there was nothing.
  public mutating func run(_ line: String) -> Outcome? {
    let script = Script(typed: line)
    if script.entries.count > 1 {
      if let outcome = open(script) { return outcome }
    } else {
      ending = .finished
      push(Frame(script, host.paths))
    }
    var last: Outcome?
    while let outcome = step() { last = outcome }
    return last
  }

  /// Runs the lines that come before the first one, such as a person's own settings; they have no numbers.
  public mutating func prepare(_ script: Script) {
    var script = script
    script.isAnnounced = false
    guard open(script) == nil else { return count -= 1 }
    frames[frames.count - 1].isCounted = false
    while step() != nil {}
  }

  /// Tells of a script that cannot be read.
  public mutating func refuse(_ refusal: Refusal) {
    ending = .diagnostic
    tell(Outcome(number(), "", diagnostic: Diagnostic(refusal)))
  }
}

extension Runner {
  /// The files of the scripts that are being run, without links.
  var files: [String] { frames.compactMap(\.script.realFile) }

  mutating func push(_ frame: Frame) {
    var frame = frame
    if let outer = frames.last { frame.isCounted = outer.isCounted }
    if let file = frame.script.file { host.knownFiles.note(file) }
    frame.startsAfresh = frame.script.beginsWithData && !session.isEmpty
    frames.append(frame)
  }

  /// The next number; 0 for lines that are not counted.
  mutating func number() -> Int {
    if frames.last?.isCounted == false { return 0 }
    count += 1
    return count
  }

  @discardableResult
  private mutating func tell(_ outcome: Outcome) -> Outcome {
    for observer in observers { observer.didRun(outcome, session) }
    return outcome
  }

  /// Runs a line; nil when nothing can be told of it yet.
  private mutating func run(_ entry: Script.Entry) -> Outcome? {
    let script = frames[frames.count - 1].script
    let started = host.now()
    do throws(Misread) {
      guard var statement = try Statement(entry.text) else {
        pass(entry.text, of: script)
        return nil
      }
      statement.isAnnounced = script.isAnnounced
      statement.waiting.parts = frames.reversed().map(\.waiting)
      for observer in observers { observer.willRun(statement, session) }
      return run(statement, entry, started)
    } catch { return fail(Diagnostic(error, line: entry.text), entry, started) }
  }

  private mutating func pass(_ text: String, of script: Script) {
    let isEnd = text.isEmpty && frames.last?.isAtEnd == true
    if !text.hasPrefix("#!"), !isEnd, frames.last?.isCounted != false { session.narrate(text) }
    guard script.isAnnounced, !Narration.isSilent(text) else { return }
    for observer in observers { observer.didPass(text, session) }
  }

  /// One line as a transaction: the session takes what the command did, and only then is its result written.
  private mutating func run(_ statement: Statement, _ entry: Script.Entry, _ started: Double) -> Outcome? {
    let answer: any Answer
    do throws(Refusal) {
      let given = watched
      try statement.file?.prepare(for: statement.command, given)
      var draft = frames[frames.count - 1].startsAfresh ? session.emptied : session
      answer = try statement.command.run(&draft, given)
      if let deferred = answer as? any DeferredAnswer {
        try deferred.script.mayRun(inside: files)
        return enter(Frame.Origin(statement: statement, answer: deferred, started: started, before: session), draft)
      }
      draft.record(statement, answer, before: session, given.paths, seconds: host.now() - started)
      session = draft
      given.noteSources(of: statement.command)
      if statement.command is Edit { host.unfinishedEdit = nil }
    } catch {
      session.brokenOff = nil
      let refusal = error == .stopped ? Refusal(error.message, hint: statement.line) : error
      return fail(Diagnostic(refusal, line: statement.line), entry, started)
    }
    return finish(statement, answer, entry, started)
  }

  /// What the lines of the topmost script get: names of files are beside it.
  var placed: Host {
    var placed = host
    if let paths = frames.last?.paths { placed.paths = paths }
    return placed
  }

  /// The same, with the observers told of each batch.
  private var watched: Host {
    var watched = placed
    let told = host.progress
    watched.progress = { [observers] progress in
      told(progress)
      for observer in observers { observer.progress(progress) }
    }
    let keepers = observers.filter(\.keepsCheckpoints)
    if !keepers.isEmpty { watched.checkpoint = { state in for keeper in keepers { keeper.keep(state) } } }
    watched.load = { [observers] event in for observer in observers { observer.load(event) } }
    return watched
  }

  /// The session has taken the line: writes its result, and tells.
  private mutating func finish(
    _ statement: Statement, _ answer: any Answer, _ entry: Script.Entry, _ started: Double
  ) -> Outcome {
    var outcome = Outcome(number(), statement.line, answer: answer)
    outcome.notes = begun() + answer.notes + forgotten()
    write(&outcome, statement)
    if let diagnostic = outcome.diagnostic { outcome.diagnostic = placed(diagnostic, entry) }
    if let diagnostic = outcome.diagnostic {
      stop(.diagnostic, diagnostic, &outcome)
    } else if answer.isLast {
      stop(.quit, nil, &outcome)
    } else if host.isStopRequested() {
      stop(.interrupted, nil, &outcome)
    }
    return end(outcome, started)
  }

  /// Writes the result of a line whose work is done; what was learnt stays when that fails.
  mutating func write(_ outcome: inout Outcome, _ statement: Statement) {
    guard let file = statement.file, let answer = outcome.answer else { return }
    do throws(Refusal) {
      try file.write(answer, theme: host.preferences.settings.theme.onPaper, placed)
      outcome.file = try placed.path(file.path)
    } catch {
      guard outcome.diagnostic == nil else { return outcome.notes.append(Line(error.message)) }
      (outcome.diagnostic, outcome.wasTold) = (Diagnostic(error.afterwards, line: statement.line), false)
    }
  }

  private func placed(_ diagnostic: Diagnostic, _ entry: Script.Entry) -> Diagnostic {
    frames.last.map { $0.script.placed(diagnostic, entry) } ?? diagnostic
  }

  private mutating func fail(_ diagnostic: Diagnostic, _ entry: Script.Entry, _ started: Double) -> Outcome {
    let diagnostic = placed(diagnostic, entry)
    var outcome = Outcome(number(), entry.text, diagnostic: diagnostic)
    stop(host.isStopRequested() ? .interrupted : .diagnostic, diagnostic, &outcome)
    return end(outcome, started)
  }

  /// No further line of the script runs; says which did not, unless the line that runs the script will.
  mutating func stop(_ ending: Replay.Ending, _ diagnostic: Diagnostic?, _ outcome: inout Outcome) {
    let last = frames.count - 1
    frames[last].end(ending, diagnostic)
    outcome.endsScript = true
    let isTold = ending == .interrupted || (ending == .diagnostic && frames[last].script.name.isEmpty)
    guard frames[last].origin == nil, isTold, let note = Replay.note(of: frames[last].left) else { return }
    outcome.notes.append(Line(note))
  }

  /// Enters an outcome into the frame, and tells it.
  mutating func end(_ outcome: Outcome, _ started: Double) -> Outcome {
    var outcome = outcome
    outcome.seconds = host.now() - started
    outcome.isCaptured = frames.contains { $0.origin?.statement.file != nil }
    if let last = frames.indices.last { frames[last].note(outcome, isCaptured: outcome.isCaptured) }
    return tell(outcome)
  }
}

extension Refusal {
  /// The same of a result whose command has done its work.
  fileprivate var afterwards: Refusal { Refusal("\(message); what the command did is kept", hint: hint) }
}
