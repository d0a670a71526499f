import Files

/// A script that is being run, and how far it has come.
struct Frame {
  /// The line that waits for the script's end.
  struct Origin {
    let statement: Statement
    let answer: any DeferredAnswer
    let started: Double
    /// The session before it, to go back to.
    let before: Session
  }

  let script: Script
  /// nil for a script that a driver opened.
  let origin: Origin?
  /// How names of files on its lines become paths.
  let paths: PathResolver
  /// Whether its lines have numbers.
  var isCounted = true
  /// Whether the session still has to be emptied, as the script begins with data of its own.
  var startsAfresh = false
  private var position = 0
  private var commands = 0
  private var diagnostic: Diagnostic?
  /// Why no further line runs; nil while it goes on.
  private(set) var ending: Replay.Ending?
  /// Kept when the origin's result goes to a file.
  private var outcomes: [Outcome] = []

  /// - Parameter paths: of the line that runs it, for a script that is no file.
  init(_ script: Script, _ paths: PathResolver, origin: Origin? = nil) {
    (self.script, self.origin) = (script, origin)
    self.paths = script.paths(from: paths)
  }

  /// The next line; nil at the end.
  mutating func next() -> Script.Entry? {
    guard ending == nil, position < script.entries.count else { return nil }
    position += 1
    return script.entries[position - 1]
  }

  /// Whether the last line was taken.
  var isAtEnd: Bool { position == script.entries.count }

  /// Enters what became of a line.
  mutating func note(_ outcome: Outcome, isCaptured: Bool) {
    commands += 1
    if isCaptured { outcomes.append(outcome) }
  }

  mutating func end(_ ending: Replay.Ending, _ diagnostic: Diagnostic? = nil) {
    (self.ending, self.diagnostic) = (ending, diagnostic)
  }

  /// What is left of it.
  var waiting: WaitingLines.Part { WaitingLines.Part(entries: script.entries, position: position, paths: paths) }

  /// Commands that did not run.
  var left: [String] { script.entries[position...].map(\.text).filter { !Script.isBlank($0) } }

  var replay: Replay {
    Replay(
      commands: commands, left: left, diagnostic: diagnostic, ending: ending ?? .finished, outcomes: outcomes)
  }
}
