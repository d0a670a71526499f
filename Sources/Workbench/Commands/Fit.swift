import Engine
import Grammar
import Pictures

/// Trains the network.
struct Fit: Command {
  let training: Training

  static let form = Form<Fit>(
    "fit", "Trains the network; Ctrl-C stops at the end of a batch and keeps what was learnt.",
    Parameter("epochs", .integer(1...1_000_000), "how often every example is seen"),
    Parameter("batch", .integer(1...), default: 32, "examples between two updates of the weights"),
    .named(
      "validation", .number(0..<1), default: 0,
      "the share of the examples, the last ones before shuffling, that only validates"),
    .named("shuffle", .flag, default: true, "a new order in every epoch"),
    .named("batches", Kind.integer(1...).optional, default: nil, "stops after so many batches, as Ctrl-C would"),
    examples: ["fit 2 128", "fit 1 64 validation=0.1"],
    make: { Fit(training: Training(epochs: $0, batch: $1, validation: $2, shuffles: $3, batches: $4)) },
    settings: {
      let training = $0.training
      return (training.epochs, training.batch, training.validation, training.shuffles, training.batches)
    })

  static var effect: Effect { .changes }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    var trainer = try draft.compiled()
    var network = try draft.built()
    // The draft lets go of both, so that training writes in place where nobody else holds them.
    draft.network = nil
    draft.trainer = nil
    let outcome = try training.run(
      &network, &trainer, on: dataset.train, first: (draft.history.last?.number ?? 0) + 1, random: &draft.random,
      threads: host.threads(draft.settings.threads),
      watch: Training.Watch(now: host.now, progress: host.progress, isStopRequested: host.isStopRequested))
    draft.network = network
    draft.trainer = trainer
    draft.history += outcome.epochs
    draft.evaluation = nil
    return Finding(training: training, outcome: outcome)
  }

  /// An interrupted run is replayed up to the batch where it stopped.
  func replay(of line: String, _ answer: any Answer) -> String {
    guard let outcome = (answer as? Finding)?.outcome, outcome.isInterrupted else { return line }
    var stopped = training
    stopped.batches = outcome.batches
    return Fit.form.line(Fit(training: stopped)) ?? line
  }

  private struct Finding: Answer {
    let training: Training
    let outcome: Training.Outcome

    var json: JSON {
      .object([
        ("epochs", .integer(outcome.epochs.count)), ("batch", .integer(training.batch)),
        ("interrupted", .bool(outcome.isInterrupted)), ("history", .list(outcome.epochs.map(\.json))),
      ])
    }

    var pictures: [any Picture] {
      let names = outcome.epochs.first?.figures.map(\.name) ?? []
      return [
        Table(
          [.init("epoch")] + names.map { .init($0) } + [.init("seconds")],
          rows: outcome.epochs.map { epoch in
            [Line("\(epoch.number)")] + epoch.figures.map { Line(fixed($0.value, 4)) } + [Line(fixed(epoch.seconds, 2))]
          })
      ]
    }

    var shown: [any Picture] {
      guard let last = outcome.epochs.last else { return [] }
      let figures = last.figures.map { "\($0.name) \(fixed($0.value, 4))" }.joined(separator: ", ")
      let seconds = outcome.epochs.reduce(0) { $0 + $1.seconds }
      let start = outcome.isInterrupted
        ? "stopped in epoch \(last.number), after \(grouped(outcome.batches)) batches"
        : "\(outcome.epochs.count) epoch\(outcome.epochs.count == 1 ? "" : "s")"
      return [Paragraph(Line("\(start) in \(duration(seconds)): \(figures)"))]
    }

    var notes: [String] {
      guard outcome.isInterrupted else { return [] }
      let left = max(1, training.epochs - outcome.epochs.count + 1)
      return ["what was learnt is kept; to go on: fit \(left) \(training.batch)"]
    }
  }
}
