import Engine
import Grammar

/// What `compile` chose in Keras, as a trainer of ours.
struct KerasTrainingReader {
  let trainer: Trainer
  /// What it chose besides that is not here.
  private(set) var notes: [String] = []

  /// Classes by what they are here; those of `KerasNames`, and others that come to the same.
  private static let losses = names(KerasNames.losses).merging([
    "mean_squared_error": "mse", "mean_absolute_error": "mae", "kld": "kl_divergence", "kullback_leibler_divergence":
      "kl_divergence", "huber_loss": "huber",
  ]) { own, _ in own }
  private static let metrics = names(KerasNames.metrics).merging([
    "acc": "accuracy", "categorical_accuracy": "accuracy", "sparse_categorical_accuracy": "accuracy",
    "binary_accuracy": "accuracy", "mean_squared_error": "mse", "mean_absolute_error": "mae",
    "sparse_top_k_categorical_accuracy": "top_k_accuracy", "f1_score": "f1",
  ]) { own, _ in own }
  private static let optimizers = names(KerasNames.optimizers)

  /// Our names by the classes of a list, and by the names of the functions that do the same.
  private static func names(_ list: [String: String]) -> [String: String] {
    var names: [String: String] = [:]
    for (own, className) in list {
      for name in [own, className, className.lowercased(), KerasNames.snake(className)] { names[name] = own }
    }
    return names
  }

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
    let kind = targets ?? KerasTrainingReader.targets(loss, outputs: network.output.count)
    var metrics: [any Metric] = []
    for value in KerasTrainingReader.flat(config["metrics"] ?? .null) {
      if let metric = KerasTrainingReader.metric(value), type(of: metric).judges.includes(kind) {
        if !metrics.contains(where: { $0.name == metric.name }) { metrics.append(metric) }
      } else {
        notes.append("the metric \(value.shown) is left out: there is none like it here")
      }
    }
    trainer = try Trainer(
      optimizer: optimizer, loss: loss, metrics: metrics.isEmpty ? Trainer.defaultMetrics(kind) : metrics,
      schedule: schedule, limits: limits, network: network, targets: kind)
  }

  private static func targets(_ loss: any Loss, outputs: Int) -> Targets.Kind {
    ["mse", "mae", "huber"].contains(loss.name) ? .values(outputs) : .classes(max(2, outputs))
  }

  /// A class, or the name of one, and what it is made with.
  private static func named(_ value: KerasJSON) -> (name: String, config: [String: KerasJSON]) {
    guard value.text == nil else { return (value.text ?? "", [:]) }
    let className = value["class_name"]?.text ?? ""
    // A function is an object that names it.
    if let function = value["config"]?.text { return (function, [:]) }
    return (String(className.split(separator: ">").last ?? ""), value["config"]?.members ?? [:])
  }

  // MARK: Optimizer

  private static func optimizer(
    _ value: KerasJSON, rate changed: Double?
  ) throws(Refusal) -> (any Optimizer, any Schedule, GradientLimits) {
    var (name, config) = named(value)
    guard let ours = optimizers[name], let form = Optimizers.catalogue[ours] else {
      throw Refusal("the optimizer \(name.shown) is not here")
    }
    var (schedule, limits): (any Schedule, GradientLimits) = (ConstantRate(), GradientLimits())
    let rate = config["learning_rate"] ?? config["lr"]
    if let rate, rate.members != nil {
      let (found, initial) = try KerasSchedules.schedule(rate)
      (schedule, config["learning_rate"]) = (found, .number(initial))
    } else {
      config["learning_rate"] = changed.map { .number($0) } ?? rate
    }
    var words = [ours]
    for slot in form.slots {
      if let word = config[slot.name]?.word { words.append("\(slot.name)=\(word)") }
    }
    let optimizer: any Optimizer = try read(Optimizers.catalogue, words)
    limits.clipNorm = positive(config["clipnorm"])
    limits.globalClipNorm = positive(config["global_clipnorm"])
    limits.clipValue = positive(config["clipvalue"])
    let decay = config["weight_decay"]?.number ?? 0
    if decay != type(of: optimizer).defaultWeightDecay, decay.isFinite, decay >= 0 { limits.weightDecay = decay }
    for (name, value) in config where isActive(name, value) {
      throw Refusal("\(ours) with \(name.shown)=\(value.shown) is not here")
    }
    return (optimizer, schedule, limits)
  }

  private static func positive(_ value: KerasJSON?) -> Double? {
    value?.number.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
  }

  /// Whether an argument makes an optimizer do what none here does.
  private static func isActive(_ name: String, _ value: KerasJSON) -> Bool {
    switch name {
    case "use_ema": !value.isNothing
    case "gradient_accumulation_steps", "loss_scale_factor": !value.isNothing && value.number != 1
    case "decay": value.number != 0 && !value.isNothing
    default: false
    }
  }

  // MARK: Loss and metrics

  private static func loss(_ value: KerasJSON) throws(Refusal) -> any Loss {
    let (name, config) = named(value)
    guard let ours = losses[name], let form = Losses.catalogue[ours] else {
      throw Refusal("the loss \(value.shown) is not here")
    }
    if config["from_logits"] == .flag(true) {
      throw Refusal(
        "its loss takes outputs before \(ours == "binary_crossentropy" ? "sigmoid" : "softmax"), from_logits=True; "
          + "here the last layer has the activation")
    }
    let reductions: [KerasJSON] = [.text("sum_over_batch_size"), .text("auto"), .text("mean")]
    if let reduction = config["reduction"], !reductions.contains(reduction) {
      throw Refusal("a loss with reduction=\(reduction.shown) is not here")
    }
    let words = form.slots.compactMap { slot in config[slot.name]?.word.map { "\(slot.name)=\($0)" } }
    return try read(Losses.catalogue, [ours] + words)
  }

  /// Metrics in lists, or lists of lists, one each output.
  private static func flat(_ value: KerasJSON) -> [KerasJSON] {
    if let values = value.list { return values.flatMap(flat) }
    return value.isNothing ? [] : [value]
  }

  /// nil for one that is not here.
  private static func metric(_ value: KerasJSON) -> (any Metric)? {
    let (name, config) = named(value)
    // Before Keras 3, a function with a class around it.
    let found = metrics[name] ?? config["fn"].map(named).flatMap { metrics[$0.name] }
    guard let found, let form = Metrics.catalogue[found] else { return nil }
    let words = form.slots.compactMap { slot in config[slot.name]?.word.map { "\(slot.name)=\($0)" } }
    return try? Metrics.catalogue.value(of: ([found] + words).joined(separator: " "))
  }

  private static func read<Value>(_ catalogue: Catalogue<Value>, _ words: [String]) throws(Refusal) -> Value {
    let line = words.joined(separator: " ")
    do throws(Misread) { return try catalogue.value(of: line) } catch {
      throw Refusal("\(line) is no \(catalogue.what) here: \(error.message)")
    }
  }
}
