import Grammar

/// Enters every fit into the ledger. What cannot be entered hinders nothing: it is told once, and the work goes on.
public final class LedgerObserver: RunObserver {
  private let environment: [String: String]
  /// Seconds since 1970.
  private let time: () -> Double
  private let tell: (String) -> Void
  private var hasTold = false

  /// - Parameter tell: takes a sentence for the person, between two lines.
  public init(
    _ environment: [String: String], time: @escaping () -> Double, tell: @escaping (String) -> Void = { _ in }
  ) {
    (self.environment, self.time, self.tell) = (environment, time, tell)
  }

  public func didRun(_ outcome: Outcome, _ session: Session) {
    guard let answer = outcome.answer as? FitAnswer, var entry = LedgerEntry(answer, outcome.line, session) else {
      return
    }
    entry.time = time()
    do throws(Refusal) { try Ledger(environment)?.enter(entry) } catch {
      if !hasTold { tell("this fit is not among the runs: \(error.message)") }
      hasTold = true
    }
  }
}
