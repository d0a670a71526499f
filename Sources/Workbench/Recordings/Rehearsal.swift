import Engine
import Grammar

/// Replays a recorded script, and keeps what each of its commands prints.
struct Rehearsal {
  /// What each part printed, in order.
  private(set) var printouts: [Printout] = []
  private(set) var ending = Replay.Ending.finished
  /// The mistakes of a script that cannot run at all, or what stopped it.
  private(set) var diagnostics: [Diagnostic] = []
  /// The seed that was drawn for it, as it fixes none and draws numbers; nil otherwise.
  private(set) var drawnSeed: UInt64?
  /// Seconds that each part took.
  private(set) var seconds: [Double] = []

  /// Runs it to its end, or to the first command that fails.
  init(_ recorded: RecordedScript, _ runner: Runner) {
    var runner = runner
    diagnostics = recorded.script.validate(runner.host)
    guard diagnostics.isEmpty else {
      ending = .diagnostic
      return
    }
    let collector = Collector()
    runner.observers.append(collector)
    for part in recorded.parts {
      let start = runner.host.now()
      if ending == .finished {
        ending = runner.run(recorded.script.part([part.entry]))
        if runner.host.isStopRequested() { ending = .interrupted }
      }
      seconds.append(runner.host.now() - start)
      printouts.append(collector.take())
    }
    let session = runner.session
    if session.seed.isDrawn, session.network?.layers.isEmpty == false { drawnSeed = session.seed.number }
    if ending == .diagnostic, let diagnostic = collector.diagnostic { diagnostics = [diagnostic] }
  }

  /// Whether each command printed what is recorded below it.
  func matches(_ recorded: RecordedScript, within tolerance: Tolerance) -> [Bool] {
    zip(recorded.parts, printouts).map { $1.matches($0.recorded, within: tolerance) }
  }

  /// What is written below each command: what it printed or, where that says the same, what was there, so that a time
  /// that is another each time changes no file.
  func outputs(_ recorded: RecordedScript, matching matches: [Bool]) -> [[String]] {
    zip(zip(recorded.parts, printouts), matches).map { $1 ? $0.0.recorded : $0.1.lines }
  }

  private final class Collector: RunObserver {
    private var printout = Printout()
    private(set) var diagnostic: Diagnostic?

    func didRun(_ outcome: Outcome, _ session: Session) {
      printout.add(outcome)
      if diagnostic == nil { diagnostic = outcome.diagnostic }
    }

    func take() -> Printout {
      defer { printout = Printout() }
      return printout
    }
  }
}
