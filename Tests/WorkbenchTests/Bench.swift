import Datasets
import Engine
import Grammar
import Testing

@testable import Workbench

/// A session on the bench: lines go in, and what became of them comes out.
struct Bench {
  var runner: Runner
  var environment: [String: String] = [:]
  var threads = 1
  /// Keeps the session; nil where nothing is kept.
  var journal: Journal?
  /// The person's editor; nil for one that changes nothing.
  var edit: ((String) -> String)?
  /// Batches after which the host asks to stop; nil for never.
  var stopsAfter: Int?

  var session: Session { runner.session }
  var settings: Settings { runner.host.preferences.settings }

  /// How far the session has come before the test begins.
  enum Stage: CaseIterable {
    case empty, loaded, built, compiled, trained
  }

  init(_ stage: Stage = .empty, seed: UInt64 = 7) {
    let empty = Session(seed: Seed(seed, isDrawn: false))
    self.init(session: stage == .empty ? empty : Bench.prepared[stage] ?? empty)
  }

  init(session: Session) {
    runner = Runner(session: session, host: Host(now: { 0 }, threads: { _ in Threads(count: 1) }))
  }

  /// What each stage adds; together they are what a newcomer types.
  static let lines: [(stage: Stage, lines: [String])] = [
    (.loaded, ["load digits train=300 test=100"]), (.built, ["add dense 16 relu", "add dense 10 softmax"]),
    (.compiled, ["compile rmsprop"]), (.trained, ["fit 2 64"]),
  ]

  /// Every stage, worked out once: a session is a value, so each test gets its own.
  private static let prepared: [Stage: Session] = {
    var stages: [Stage: Session] = [:]
    var bench = Bench()
    for (stage, lines) in lines {
      for line in lines { bench.run(line) }
      stages[stage] = bench.session
    }
    return stages
  }()

  /// Runs a line, which has to go well; its answer.
  @discardableResult
  mutating func run(_ line: String, _ place: SourceLocation = #_sourceLocation) -> (any Answer)? {
    let outcome = outcome(line)
    if let diagnostic = outcome?.diagnostic {
      Issue.record("\(line): \(diagnostic.lines.map(\.text).joined(separator: "\n"))", sourceLocation: place)
    }
    return outcome?.answer
  }

  /// Runs a line, which has to be refused; what was wrong.
  mutating func refuse(_ line: String, _ place: SourceLocation = #_sourceLocation) throws -> Diagnostic {
    let outcome = outcome(line)
    return try #require(outcome?.diagnostic, "\(line) is refused", sourceLocation: place)
  }

  /// Runs a line that has to be one; what became of it.
  mutating func told(_ line: String, _ place: SourceLocation = #_sourceLocation) throws -> Outcome {
    let outcome = outcome(line)
    return try #require(outcome, sourceLocation: place)
  }

  mutating func outcome(_ line: String) -> Outcome? {
    runner.host = host()
    return runner.run(line)
  }

  /// Runs a script and says how it ended and what the observers were shown.
  mutating func replay(_ script: Script) -> (ending: Replay.Ending, shown: [Outcome]) {
    let record = Record()
    runner.host = host()
    runner.observers = [record]
    defer { runner.observers = [] }
    return (runner.run(script), record.outcomes)
  }

  func host() -> Host {
    let threads = threads
    var host = Host(now: { 0 }, threads: { Threads(count: $0 ?? threads) }, environment: environment)
    host.edit = edit ?? { $0 }
    host.journal = journal
    host.unfinishedEdit = runner.host.unfinishedEdit
    (host.preferences, host.knownFiles) = (runner.host.preferences, runner.host.knownFiles)
    if let stopsAfter {
      var batches = 0
      host.progress = { _ in batches += 1 }
      host.isStopRequested = { batches + 1 >= stopsAfter }
    }
    return host
  }
}

extension Outcome {
  /// The members of the result's JSON, as text.
  var result: String { answer?.json.text ?? "" }

  /// What a person reads on a screen without colours.
  var text: String { (answer?.shown ?? []).map { $0.text() }.joined() }
}

/// An observer that keeps what it is told.
final class Record: RunObserver {
  var outcomes: [Outcome] = []
  var statements: [Statement] = []

  func willRun(_ statement: Statement, _ session: Session) { statements.append(statement) }

  func didRun(_ outcome: Outcome, _ session: Session) { outcomes.append(outcome) }
}
