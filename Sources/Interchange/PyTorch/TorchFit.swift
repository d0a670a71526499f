import Engine
import Grammar

/// `fit` in PyTorch's words: a call of the function that trains.
struct TorchFit {
  private let training: Training
  private let trainer: Trainer

  init(_ training: Training, _ trainer: Trainer) { (self.training, self.trainer) = (training, trainer) }

  /// - Throws: `Refusal` where `until` asks for a figure that the program does not measure.
  func write(_ file: inout PythonFile) throws(Refusal) {
    if let until = training.until, TorchNames.measuresNot(until.metric) {
      throw Refusal(
        "until=\(Python.quoted(until.text)) cannot be put into PyTorch's words: it has no metric \(until.metric)",
        hint: "save session work.py")
    }
    if let own = training.schedule, let remark = TorchTraining.remark(trainer, own) { file.comment(remark) }
    file.import("import numpy as np")
    var arguments = ["epochs=\(training.epochs)", "batch_size=\(training.batch)"]
    var train = ""
    switch training.validation {
    case .none: break
    case .test: arguments.append("validation=(x_test, t_test)")
    case .share(let share):
      train = "[train]"
      if training.isStratified {
        file.add("rows = [np.flatnonzero(y_train == c) for c in np.unique(y_train)]")
        file.add("train = np.sort(np.concatenate([r[:int(len(r) * (1 - \(share)))] for r in rows]))")
        file.add("held = np.sort(np.concatenate([r[int(len(r) * (1 - \(share))):] for r in rows]))")
      } else {
        file.add("train = np.arange(int(len(x_train) * (1 - \(share))))")
        file.add("held = np.arange(len(train), len(x_train))")
      }
      arguments.append("validation=(x_train[held], t_train[held])")
    }
    file.add("updates = -(-len(x_train\(train)) // \(training.batch))")
    if training.classWeight == .balanced {
      file.add("classes, counts = np.unique(y_train\(train), return_counts=True)")
      file.add("weights = np.zeros(int(y_train.max()) + 1, \"float32\")")
      file.add("weights[classes.astype(int)] = counts.sum() / (len(classes) * counts)")
      arguments.append("weights=torch.from_numpy(weights[y_train\(train).astype(int)])")
    }
    arguments += stops + limits + schedule(&file)
    file.add("history = fit(")
    file.add("    x_train\(train), t_train\(train), \(arguments.joined(separator: ", ")))")
    file.add("figures = history[-1]")
  }

  private var stops: [String] {
    var arguments = training.shuffles ? [] : ["shuffle=False"]
    if let patience = training.patience { arguments.append("patience=\(patience)") }
    if training.restoresBest { arguments.append("restore_best=True") }
    if let until = training.until {
      arguments.append("until=lambda figures: \(until.python("figures[\(Python.quoted(until.metric))]"))")
    }
    if let batches = training.batches { arguments.append("batches=\(batches)") }
    return arguments
  }

  private var limits: [String] {
    let own = type(of: trainer.optimizer).defaultWeightDecay
    var settings = trainer.limits.settings.map { "\($0.name)=\(Python.number($0.value))" }
    if trainer.limits.weightDecay == nil, own > 0 { settings.append("weight_decay=\(own)") }
    return settings
  }

  /// The rate of an update, as a function of how many there were before.
  private func schedule(_ file: inout PythonFile) -> [String] {
    let schedule = training.schedule ?? trainer.schedule
    let rate = Python.number(trainer.optimizer.learningRate)
    // A schedule of compile counts all updates, one of fit its own.
    let t = training.schedule == nil ? "all" : "t"
    var formula: String?
    switch schedule {
    case let schedule as ExponentialDecay:
      let lengths = "\(t) \(schedule.isStaircase ? "//" : "/") \(updates(schedule.length))"
      formula = "\(rate) * \(schedule.factor) ** (\(lengths))"
    case let schedule as StepDecay:
      formula = "\(rate) * \(schedule.factor) ** (\(t) // \(updates(schedule.length)))"
    case let schedule as CosineDecay:
      file.define(TorchPieces.cosine)
      let warmup = schedule.warmup.map(updates) ?? "0"
      formula = "cosine(\(t), \(rate), \(updates(schedule.length)), \(warmup), \(schedule.alpha))"
    case let schedule as OneCycle:
      file.define(TorchPieces.oneCycle)
      formula = "one_cycle(\(t), \(rate), \(updates(schedule.length)), \(schedule.rise))"
    case is ReduceOnPlateau:
      file.define(ProgramPlateau.reduced)
      let epochs = training.schedule == nil ? "fit.epochs" : "fit.epochs[fit.first:]"
      let monitor = Python.quoted(training.monitor)
      formula = "reduced(\(rate), \(epochs), \(monitor), \(ProgramPlateau.arguments(schedule) ?? ""))"
    default: return []
    }
    guard let formula else { return [] }
    return ["rate=lambda t, all: \(formula)"]
  }

  private func updates(_ length: ScheduleDuration) -> String {
    switch length {
    case .batches(let count): Python.count(count)
    case .epochs(let count): "(\(count) * updates)"
    }
  }
}
