/// Enters every fit into the ledger. What cannot be entered hinders nothing: the work goes on, and `runs` says why.
public final class LedgerObserver: RunObserver {
  private let environment: [String: String]
  /// Seconds since 1970.
  private let time: () -> Double

  public init(_ environment: [String: String], time: @escaping () -> Double) {
    (self.environment, self.time) = (environment, time)
  }

  public func didRun(_ outcome: Outcome, _ session: Session) {
    guard let answer = outcome.answer as? FitAnswer, var entry = LedgerEntry(answer, outcome.line, session) else {
      return
    }
    entry.time = time()
    try? Ledger(environment)?.enter(entry)
  }
}
