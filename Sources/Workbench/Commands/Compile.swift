import Engine
import Grammar

/// Chooses how the network learns and what it is judged by.
struct Compile: Command {
  let loss: (any Loss)?
  let metrics: [any Metric]
  let schedule: any Schedule
  let optimizer: any Optimizer

  static let form = Form<Compile>(
    "compile", "Chooses the optimizer, the loss and the metrics; the loss follows from the last layer when not given.",
    .named("loss", Losses.catalogue.names.optional, default: nil, "what training makes small"),
    .named("metrics", metricList, default: [Accuracy()], "figures to be shown, with commas between them"),
    .named("schedule", Schedules.catalogue.names, default: ConstantRate(), "how the learning rate changes over all fits"),
    .nested(Optimizers.catalogue, "the optimizer"),
    examples: ["compile rmsprop", "compile sgd lr=0.1 momentum=0.9 loss=mse"],
    make: { Compile(loss: $0, metrics: $1, schedule: $2, optimizer: $3) },
    settings: { ($0.loss, $0.metrics, $0.schedule, $0.optimizer) })

  static var effect: Effect { .changes }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    let network = try draft.built()
    let trainer = try Trainer(
      optimizer: optimizer, loss: loss ?? Trainer.usualLoss(for: network), metrics: metrics,
      schedule: schedule, network: network, classes: dataset.classes.count)
    draft.trainer = trainer
    draft.evaluation = nil
    let names = metrics.map(\.name)
    return Remark(
      "\(Optimizers.catalogue.line(optimizer) ?? optimizer.name), \(trainer.loss.name), \(names.joined(separator: ", "))",
      [
        ("optimizer", .text(optimizer.name)), ("learning_rate", .number(optimizer.learningRate)),
        ("loss", .text(trainer.loss.name)), ("metrics", .list(names.map(JSON.text))),
      ])
  }

  private static let metricList = Kind<[any Metric]>(
    expected: Metrics.catalogue.names.expected, choices: Metrics.catalogue.choices,
    read: { (word) throws(Misread) -> [any Metric] in
      var metrics: [any Metric] = []
      for name in word.text.split(separator: ",", omittingEmptySubsequences: false) {
        let form = try Metrics.catalogue.form(Word(String(name), at: word.span))
        guard !metrics.contains(where: { $0.name == form.name }) else {
          throw Misread("\(form.name) is given twice", at: word.span)
        }
        if let metric = form.plain { metrics.append(metric) }
      }
      return metrics
    },
    write: { $0.map(\.name).joined(separator: ",") })
}
