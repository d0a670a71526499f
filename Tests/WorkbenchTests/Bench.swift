import Datasets
import Engine
import Grammar
import Testing

@testable import Workbench

/// A session on the bench: lines go in, and what became of them comes out.
struct Bench {
  var interpreter: Interpreter
  var environment: [String: String] = [:]
  var threads = 1
  /// Batches after which the host asks to stop; nil for never.
  var stopsAfter: Int?

  var session: Session { interpreter.session }

  /// How far the session has come before the test begins.
  enum Stage: CaseIterable {
    case empty, loaded, built, compiled, trained
  }

  init(_ stage: Stage = .empty, seed: UInt64 = 7) {
    let empty = Session(seed: Seed(seed, isDrawn: false))
    interpreter = Interpreter(session: stage == .empty ? empty : Bench.prepared[stage] ?? empty)
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

  mutating func outcome(_ line: String) -> Outcome? { interpreter.run(line, host: host()) }

  /// Runs a script and says what the host was shown.
  mutating func replay(_ script: Script) -> (replay: Replay, shown: [Outcome]) {
    var shown: [Outcome] = []
    var host = host()
    host.show = { outcome, _ in shown.append(outcome) }
    return (interpreter.run(script, host: host), shown)
  }

  func host() -> Host {
    let threads = threads
    var host = Host(now: { 0 }, threads: { Threads(count: $0 ?? threads) }, environment: environment)
    host.edit = { $0 }
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
