import Engine
import Grammar

/// What `compile` chose in Keras, as a trainer of ours.
struct KerasTrainingReader {
  let trainer: Trainer
  /// What it chose besides that is not here.
  private(set) var notes: [String] = []

  /// Classes by what they are here; those of `KerasNames`, and others that come to the same.
  private static let losses = KerasNames.read(KerasNames.losses).merging([
    "mean_squared_error": "mse", "mean_absolute_error": "mae", "kld": "kl_divergence", "kullback_leibler_divergence":
      "kl_divergence", "huber_loss": "huber",
  ]) { own, _ in own }
  private static let optimizers = KerasNames.read(KerasNames.optimizers)

  /// - Parameters:
  ///   - config: `compile_config` of a `.keras`, or `training_config` of an `.h5`.
  ///   - targets: what examples are to be said of; nil where no data is loaded, and the loss tells.
  ///   - rate: the learning rate where training had changed it; nil for the one of the config.
  /// - Throws: `Refusal` that says what is not here.
  init(
    _ config: KerasJSON, _ network: Network, targets: Targets.Kind?, rate: Double?
  ) throws(Refusal) {
    let (optimizer, schedule, limits) = try KerasTrainingReader.optimizer(
      config["optimizer"] ?? config["optimizer_config"] ?? .null, rate: rate)
    let loss = try KerasTrainingReader.loss(config["loss"] ?? .null)
    // Keras 3.15.1 itself forgets it.
    if loss is Huber, config["loss"]?["config"]?["delta"] == nil {
      notes.append("the file does not say the delta of its huber loss; 1 is taken")
    }
    let weights = config["loss_weights"] ?? .null
    guard KerasTrainingReader.areOnes(weights) else {
      throw Refusal("a loss with \(KerasArguments.shown("loss_weights", weights)) is not here")
    }
    let kind = targets ?? KerasTrainingReader.targets(loss, outputs: network.output.count)
    let reader = KerasMetricReader(config, outputs: network.output.count, kind)
    let metrics = reader.metrics
    notes += reader.notes
    for (name, value) in (config.members ?? [:]).sorted(by: { $0.key < $1.key })
    where !KerasTrainingReader.understood.contains(name) && !value.isNothing {
      notes.append("compile's \(KerasArguments.shown(name, value)) is left out: there is nothing like it here")
    }
    trainer = try Trainer(
      optimizer: optimizer, loss: loss, metrics: metrics.isEmpty ? Trainer.defaultMetrics(kind) : metrics,
      schedule: schedule, limits: limits, network: network, targets: kind)
  }

  private static func targets(_ loss: any Loss, outputs: Int) -> Targets.Kind {
    ["mse", "mae", "huber"].contains(loss.name) ? .values(outputs) : .classes(max(2, outputs))
  }

  /// What `compile` takes that is read, or that changes no figure.
  private static let understood: Set = [
    "optimizer", "optimizer_config", "loss", "loss_weights", "metrics", "weighted_metrics", "run_eagerly",
    "steps_per_execution", "jit_compile", "auto_scale_loss", "from_serialized", "pss_evaluation_shards",
  ]

  /// Whether each loss counts once.
  private static func areOnes(_ weights: KerasJSON) -> Bool {
    if let values = weights.list { return values.allSatisfy(areOnes) }
    if let members = weights.members { return members.values.allSatisfy(areOnes) }
    return weights.isNothing || weights.number == 1
  }

  // MARK: Optimizer

  private static func optimizer(
    _ value: KerasJSON, rate changed: Double?
  ) throws(Refusal) -> (any Optimizer, any Schedule, GradientLimits) {
    var arguments = KerasArguments(value)
    guard let ours = optimizers[arguments.name], let form = Optimizers.catalogue[ours] else {
      throw Refusal("the optimizer \(arguments.name.shown) is not here")
    }
    var (schedule, limits): (any Schedule, GradientLimits) = (ConstantRate(), GradientLimits())
    let older = arguments.take("lr")
    var rate = arguments.take("learning_rate") ?? older
    if let found = rate, found.members != nil {
      let (own, initial) = try KerasSchedules.schedule(found)
      (schedule, rate) = (own, .number(initial))
    } else {
      rate = changed.map { .number($0) } ?? rate
    }
    var words = [ours] + arguments.words(form.slots.map(\.name).filter { $0 != "learning_rate" })
    if let word = rate?.word { words.append("learning_rate=\(word)") }
    let optimizer: any Optimizer = try read(Optimizers.catalogue, words)
    limits.clipNorm = positive(arguments.take("clipnorm"))
    limits.globalClipNorm = positive(arguments.take("global_clipnorm"))
    limits.clipValue = positive(arguments.take("clipvalue"))
    let decay = arguments.take("weight_decay")
    let share = decay?.number ?? 0
    guard share.isFinite, share >= 0 else {
      throw Refusal("\(ours) with \(KerasArguments.shown("weight_decay", decay)) is not here")
    }
    if share != type(of: optimizer).defaultWeightDecay { limits.weightDecay = share }
    // They say how use_ema does it.
    for name in ["ema_momentum", "ema_overwrite_frequency"] { _ = arguments.take(name) }
    if let stranger = arguments.stranger(besides: idle) { throw Refusal("\(ours) with \(stranger) is not here") }
    return (optimizer, schedule, limits)
  }

  /// What an optimizer's arguments say where it does as ours does.
  private static let idle: [String: [KerasJSON]] = [
    "gradient_accumulation_steps": [.integer(1)], "loss_scale_factor": [.integer(1)], "decay": [.integer(0)],
    "jit_compile": [.flag(true)], "is_legacy_optimizer": [.flag(true)],
  ]

  private static func positive(_ value: KerasJSON?) -> Double? {
    value?.number.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
  }

  // MARK: Loss

  private static func loss(_ value: KerasJSON) throws(Refusal) -> any Loss {
    // One for each output, of which there is one.
    if let only = value.list, only.count == 1 { return try loss(only[0]) }
    var arguments = KerasArguments(value)
    guard let ours = losses[arguments.name], let form = Losses.catalogue[ours] else {
      throw Refusal("the loss \(value.shown) is not here")
    }
    if arguments.take("from_logits") == .flag(true) {
      throw Refusal(
        "its loss takes outputs before \(ours == "binary_crossentropy" ? "sigmoid" : "softmax"), from_logits=True; "
          + "here the last layer has the activation")
    }
    let words = [ours] + arguments.words(form.slots.map(\.name))
    if let stranger = arguments.stranger(besides: plain) { throw Refusal("a loss with \(stranger) is not here") }
    return try read(Losses.catalogue, words)
  }

  /// What a loss's arguments say where it is as ours is.
  private static let plain: [String: [KerasJSON]] = [
    "reduction": [.text("sum_over_batch_size"), .text("auto"), .text("mean")], "axis": [.integer(-1), .integer(1)],
  ]

  private static func read<Value>(_ catalogue: Catalogue<Value>, _ words: [String]) throws(Refusal) -> Value {
    let line = words.joined(separator: " ")
    do throws(Misread) { return try catalogue.value(of: line) } catch {
      throw Refusal("\(line) is no \(catalogue.what) here: \(error.message)")
    }
  }
}
