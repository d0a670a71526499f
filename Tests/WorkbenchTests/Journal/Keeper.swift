import Engine
import Foundation
import TestSupport
import Testing

@testable import Workbench

/// A program that keeps its session in a folder of its own, as the prompt does.
final class Keeper {
  let home: Folder
  private(set) var runner: Runner
  let journal: Journal
  private let told = Told()
  /// Whether the program was asked to end.
  private let ending: Ending

  private final class Told: @unchecked Sendable { var notes: [String] = [] }
  final class Ending: @unchecked Sendable { var isEnding = false }

  /// What the journal told the person.
  var notes: [String] { told.notes }
  var session: Session { runner.session }
  var environment: [String: String] { ["XDG_STATE_HOME": home.path] }
  var kept: KeptSessions { KeptSessions(environment) }

  /// - Parameters:
  ///   - home: of a program before this one; nil for a new one.
  ///   - pace: seconds that its clock counts for each that passes, so that a short line can have taken long.
  init(home: Folder? = nil, isEager: Bool = true, seed: UInt64 = 7, pace: Double = 1) throws {
    let (told, ending) = (told, Ending())
    self.ending = ending
    self.home = try home ?? Folder()
    let environment = ["XDG_STATE_HOME": self.home.path]
    journal = Journal(environment, isEager: isEager, isEnding: { ending.isEnding }) { told.notes.append($0) }
    let clock = ContinuousClock()
    let start = clock.now
    // A clock that never stands still: what a line took tells it from others.
    var host = Host(
      now: { pace * ((clock.now - start) / .seconds(1)) }, threads: { _ in Threads(count: 1) }, environment: environment)
    host.journal = journal
    runner = Runner(session: Session(seed: Seed(seed, isDrawn: false)), host: host, observers: [journal])
  }

  /// Runs lines that have to go well; the last outcome.
  @discardableResult
  func run(_ lines: String..., at place: SourceLocation = #_sourceLocation) -> Outcome? {
    var last: Outcome?
    for line in lines {
      last = runner.run(line)
      if let diagnostic = last?.diagnostic { Issue.record("\(line): \(diagnostic.message)", sourceLocation: place) }
    }
    return last
  }

  /// Runs a line that may be refused.
  func outcome(_ line: String) -> Outcome? { runner.run(line) }

  /// Runs a line of a fit; the program is asked to end after so many batches.
  func cutOff(_ line: String, after batches: Int) {
    var count = 0
    let ending = ending
    runner.host.progress = { _ in
      count += 1
      if count >= batches { ending.isEnding = true }
    }
    runner.host.isStopRequested = { ending.isEnding }
    _ = runner.run(line)
  }

  func close(_ end: KeptSession.End) -> String? { journal.close(end, session) }

  /// The next program in the same home, after this one was killed.
  func next() throws -> Keeper {
    journal.letGo()
    return try Keeper(home: home, seed: 99)
  }

  /// The folder of the latest session.
  var folder: String { get throws { try #require(kept.all().last).folder } }
}

extension Session {
  /// All that what comes next follows from.
  var essence: String {
    let weights = network?.values.map(\.bitPattern).hashValue ?? 0
    let slots = trainer?.slots.map(\.bitPattern).hashValue ?? 0
    let epochs = history.map { "\($0.number) \($0.figures) \($0.batches)" }
    let learnt = "\(weights) \(slots) \(trainer?.steps ?? -1) \(epochs)"
    return "\(script) \(learnt) \(random.position) \(evaluation?.figures ?? []) \(foldFigures) \(hasUnsavedTraining)"
  }
}
