import Engine
import Grammar
import Pictures

/// Trains every combination of some choices from the same first weights; the session's network stays as it is.
struct Compare: Command {
  let optimizers: [String]
  let rates: [Double]
  let losses: [any Loss]
  let momenta: [Double]
  let decays: [Double]
  let schedules: [any Schedule]
  let batches: [Int]
  let epochs: [Int]
  private(set) var validation: String

  static let form = Form<Compare>(
    "compare",
    "Trains every combination of several choices from the same first weights; the session's network stays.",
    .named("compile", optimizerNames, default: [], "optimizers, with commas between them"),
    .named("lr", ArgumentType.positive.list(of: { "\($0)" }), default: [], alias: "learning_rate", "learning rates"),
    .named("loss", lossNames.list(of: lossNames.text(of:)), default: [], "losses"),
    .named("momentum", ArgumentType.number(0...1).list(of: { "\($0)" }), default: [], "momenta"),
    .named("weight_decay", ArgumentType.number(0...).list(of: { "\($0)" }), default: [], "weight decays"),
    .named("schedule", scheduleNames.list(of: scheduleNames.text(of:)), default: [], "schedules"),
    .named("batch", ArgumentType.integer(1...).list(of: { "\($0)" }), default: [], "batch sizes"),
    .named(
      "epochs", ArgumentType.integer(1...10_000).list(of: { "\($0)" }), default: [3],
      "how often every example is seen"),
    .named("validation", ArgumentType.text("a share, or test"), default: "test", "what only validates, as in fit"),
    examples: [
      "compare compile=rmsprop,adam", "compare compile=rmsprop,adam lr=0.01,0.001 epochs=2 batch=64",
      "compare compile=sgd momentum=0,0.9 epochs=1",
    ],
    make: {
      Compare(
        optimizers: $0, rates: $1, losses: $2, momenta: $3, decays: $4, schedules: $5, batches: $6, epochs: $7,
        validation: $8)
    },
    settings: {
      (
        $0.optimizers, $0.rates, $0.losses, $0.momenta, $0.decays, $0.schedules, $0.batches, $0.epochs, $0.validation
      )
    })

  private static let lossNames = Losses.catalogue.names
  private static let scheduleNames = Schedules.catalogue.names.trying("compare schedule=constant,\"cosine 2\"")
  private static let optimizerNames = ArgumentType<String>
    .word(of: Optimizers.catalogue.forms.map { Choice($0.name, help: $0.help) }, called: Optimizers.catalogue.what)
    .list(of: { $0 })

  /// More would take too long to look at.
  private static let maximum = 64

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isComplete }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let choices = choices(for: draft)
    let count = choices.reduce(1) { min(1_000_000, $0 * $1.values.count) }
    guard count > 1 else { throw .nothingToCompare }
    guard count <= Compare.maximum else { throw .tooMany(count) }
    let combinations = try Combination.all(of: choices, validation: validation)
    let start = try fresh(draft)
    // What one of them cannot do is told before the first one trains.
    for combination in combinations { _ = try combination.compiled(start, host) }
    var results: [CompareAnswer.Result] = []
    for combination in combinations {
      var session = try combination.compiled(start, host)
      guard let fit = try fitted(combination, &session, host) else { continue }
      if fit.outcome.end == .interrupted { break }
      results.append(
        CompareAnswer.Result(
          name: combination.name, loss: session.trainer?.loss.name ?? "", epochs: fit.outcome.epochs))
    }
    guard !results.isEmpty else { throw .stopped }
    return CompareAnswer(results: results, left: combinations.count - results.count)
  }

  private func fitted(
    _ combination: Combination, _ session: inout Session, _ host: Host
  ) throws(Refusal) -> FitAnswer? {
    do throws(Refusal) { return try combination.fit.run(&session, host) as? FitAnswer } catch {
      // What fit would take instead is no line of this command.
      guard let hint = error.hint, hint.hasPrefix("fit ") else { throw error }
      var other = self
      other.validation = "0.1"
      throw Refusal(error.message, hint: hint.contains("validation=") ? Compare.form.line(other) : nil)
    }
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

  /// What there is to choose from, in the order of the lines; what was not asked for is as the session has it.
  private func choices(for session: Session) -> [Combination.Choice] {
    let number = ArgumentType<Double>.number
    let usual = session.trainer?.optimizer.name ?? "rmsprop"
    let all: [Combination.Choice] = [
      .init(.optimizer, optimizers.isEmpty ? [usual] : optimizers),
      .init(.compile("lr"), rates.map(number.text(of:))),
      .init(.compile("loss"), losses.map(Compare.lossNames.text(of:))),
      .init(.compile("momentum"), momenta.map(number.text(of:))),
      .init(.compile("weight_decay"), decays.map(number.text(of:))),
      .init(.fit("schedule"), schedules.map(Compare.scheduleNames.text(of:))),
      .init(.fit("batch"), batches.map { "\($0)" }), .init(.fit("epochs"), epochs.map { "\($0)" }),
    ]
    return all.filter { !$0.values.isEmpty }
  }
}

extension Refusal {
  fileprivate static let nothingToCompare = Refusal(
    "there is only one combination; expected several values of one thing at least, with commas between them",
    hint: "compare compile=rmsprop,adam")

  fileprivate static func tooMany(_ count: Int) -> Refusal {
    Refusal("\(count) combinations are too many; expected 64 or fewer")
  }
}
