import Engine
import Grammar
import Pictures

/// Chooses how the network learns and what it is judged by.
struct Compile: Command {
  let loss: (any Loss)?
  /// Those that are usual for the targets when nil.
  let metrics: [any Metric]?
  let schedule: any Schedule
  let limits: GradientLimits
  let optimizer: any Optimizer

  static let form = Form<Compile>(
    "compile", "Chooses the optimizer, the loss and the metrics; the loss follows from the last layer when not given.",
    .named("loss", Losses.catalogue.names.optional, default: nil, "what training makes small"),
    .named(
      "metrics", Metrics.catalogue.names.list(of: \.name).optional, default: nil,
      "figures to be shown, with commas between them; accuracy for classes and mae for values when not given"),
    .named(
      "schedule", Schedules.catalogue.names, default: ConstantRate(), "how the learning rate changes over all fits"),
    .clipNorm(), .globalClipNorm(), .clipValue(), .weightDecay(),
    .nested(Optimizers.catalogue, "the optimizer"),
    examples: ["compile rmsprop", "compile sgd lr=0.1 momentum=0.9 loss=mse", "compile adam clipnorm=1"],
    make: {
      let limits = GradientLimits(clipNorm: $3, globalClipNorm: $4, clipValue: $5, weightDecay: $6)
      return Compile(loss: $0, metrics: $1, schedule: $2, limits: limits, optimizer: $7)
    },
    settings: {
      let limits = $0.limits
      return (
        $0.loss, $0.metrics, $0.schedule, limits.clipNorm, limits.globalClipNorm, limits.clipValue, limits.weightDecay,
        $0.optimizer
      )
    })

  static var effect: Effect { .undoable }

  static func canRun(on session: Session) -> Bool { session.isComplete }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let targets = try draft.loaded().targets
    let network = try draft.built()
    let trainer = try trainer(for: network, targets)
    draft.trainer = trainer
    draft.evaluation = nil
    draft.foldFigures = []
    let lints = Lint.all(network, self, targets, loss: trainer.loss)
    return Remark(
      Line(sentence(trainer)),
      [
        ("optimizer", .text(optimizer.name)), ("learning_rate", .number(optimizer.learningRate)),
        ("loss", .text(trainer.loss.name)), ("metrics", .list(trainer.metrics.map { .text($0.name) })),
      ] + limits.settings.map { ($0.name, .number($0.value)) },
      notes: lints.map(\.note), nextLine: lints.first?.mendingLine)
  }

  /// What trains a network in this way.
  /// - Throws: `Refusal` when loss or metrics do not fit the last layer or the targets.
  func trainer(for network: Network, _ targets: Targets.Kind) throws(Refusal) -> Trainer {
    try Trainer(
      optimizer: optimizer, loss: loss ?? Trainer.defaultLoss(for: network, targets),
      metrics: metrics ?? Trainer.defaultMetrics(targets), schedule: schedule, limits: limits, network: network,
      targets: targets)
  }

  /// The line that makes a trainer like this one, which says what follows from the network too.
  static func line(_ trainer: Trainer) -> String? {
    form.line(
      Compile(
        loss: trainer.loss, metrics: trainer.metrics, schedule: trainer.schedule, limits: trainer.limits,
        optimizer: trainer.optimizer))
  }

  /// The command of such a line in a file.
  static func read(_ line: String, _ path: String) throws(Refusal) -> Compile {
    do throws(Misread) {
      let words = try Words(line)
      guard let compile = try Commands.read(words) as? Compile else {
        throw Misread("expected compile", at: words.end)
      }
      return compile
    } catch { throw Refusal("\(path): \"\(line)\" is nothing that this program can do: \(error.message)") }
  }

  /// What was chosen, each as it would be typed.
  private func sentence(_ trainer: Trainer) -> String {
    let limits = limits.settings.map { " \($0.name)=\(ArgumentType<Double>.number.text(of: $0.value))" }.joined()
    return [
      (Optimizers.catalogue.line(optimizer) ?? optimizer.name) + limits,
      Losses.catalogue.line(trainer.loss) ?? trainer.loss.name,
    ].joined(separator: ", ") + trainer.metrics.map { ", \(Metrics.catalogue.line($0) ?? $0.name)" }.joined()
  }
}
