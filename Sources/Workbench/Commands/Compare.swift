import Engine
import Grammar
import Pictures

/// Trains every combination of some choices from the same first weights; the session's network stays as it is.
struct Compare: Command {
  let optimizers: [String]
  let rates: [Double]
  let batches: [Int]
  let epochs: Int
  let validation: String

  static let form = Form<Compare>(
    "compare",
    "Trains every combination of optimizers, learning rates and batch sizes from the same first weights; the session's network stays.",
    .named("compile", optimizerNames, default: [], "optimizers, with commas between them"),
    .named("lr", ArgumentType.positive.list(of: { "\($0)" }), default: [], alias: "learning_rate", "learning rates"),
    .named("batch", ArgumentType.integer(1...).list(of: { "\($0)" }), default: [], "batch sizes"),
    .named("epochs", .integer(1...10_000), default: 3, "how often every example is seen"),
    .named("validation", ArgumentType.text("a share, or test"), default: "test", "what only validates, as in fit"),
    examples: ["compare compile=rmsprop,adam", "compare compile=rmsprop,adam lr=0.01,0.001 epochs=2 batch=64"],
    make: { Compare(optimizers: $0, rates: $1, batches: $2, epochs: $3, validation: $4) },
    settings: { ($0.optimizers, $0.rates, $0.batches, $0.epochs, $0.validation) })

  private static let optimizerNames = ArgumentType<String>
    .word(of: Optimizers.catalogue.forms.map { Choice($0.name, help: $0.help) }, called: Optimizers.catalogue.what)
    .list(of: { $0 })

  /// More would take too long to look at.
  private static let maximum = 64

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isComplete }

  /// A combination, as the lines that train it.
  struct Combination: Sendable {
    /// What it differs from others in: `rmsprop lr=0.01 batch=32`.
    let name: String
    let lines: [String]
  }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let combinations = self.combinations(draft)
    guard combinations.count > 1 else { throw .nothingToCompare }
    guard combinations.count <= Compare.maximum else { throw .tooMany(combinations.count) }
    let start = try fresh(draft)
    var results: [CompareAnswer.Result] = []
    for combination in combinations {
      var session = start
      guard let fit = try train(combination, &session, host) else { continue }
      if fit.outcome.end == .interrupted { break }
      results.append(CompareAnswer.Result(name: combination.name, epochs: fit.outcome.epochs))
    }
    guard !results.isEmpty else { throw .stopped }
    return CompareAnswer(results: results, left: combinations.count - results.count)
  }

  /// The network with first weights: as it is when it was never trained, else drawn once for all.
  private func fresh(_ session: Session) throws(Refusal) -> Session {
    var session = session
    var network = try session.built()
    if !session.history.isEmpty { try network.reset(random: &session.random) }
    session.network = network
    session.forgetTraining()
    return session
  }

  private func train(_ combination: Combination, _ session: inout Session, _ host: Host) throws(Refusal) -> FitAnswer? {
    var last: (any Answer)?
    for line in combination.lines {
      let command: (any Command)?
      do throws(Misread) { command = try Statement(line)?.command } catch { throw Refusal(error.message) }
      last = try command?.run(&session, host)
    }
    return last as? FitAnswer
  }

  private func combinations(_ session: Session) -> [Combination] {
    let chosen = session.trainer?.optimizer.name ?? "rmsprop"
    return (optimizers.isEmpty ? [chosen] : optimizers).flatMap { optimizer in
      (rates.isEmpty ? [nil] : rates.map(Optional.some)).flatMap { rate in
        (batches.isEmpty ? [nil] : batches.map(Optional.some)).map { batch in
          let compile = optimizer + (rate.map { " lr=\(ArgumentType<Double>.positive.text(of: $0))" } ?? "")
          return Combination(
            name: compile + (batch.map { " batch=\($0)" } ?? ""),
            lines: ["compile \(compile)", "fit \(epochs) \(batch ?? 32) validation=\(validation)"])
        }
      }
    }
  }
}

extension Refusal {
  fileprivate static let nothingToCompare = Refusal(
    "there is only one combination; expected several values of compile, lr or batch",
    hint: "compare compile=rmsprop,adam")

  fileprivate static func tooMany(_ count: Int) -> Refusal {
    Refusal("\(count) combinations are too many; expected 64 or fewer")
  }
}
