import Engine
import Grammar

/// Schedules as a file of Keras's keeps them, which counts updates where ours may count epochs.
extension KerasSchedules {
  /// A schedule as an object of Keras's.
  /// - Parameters:
  ///   - rate: the optimizer's own.
  ///   - epoch: updates in an epoch; nil where there was none yet.
  /// - Throws: `Refusal` that says why Keras has none like it.
  static func object(_ schedule: any Schedule, rate: Double, epoch: Int?) throws(Refusal) -> KerasObject? {
    func updates(_ length: ScheduleDuration) throws(Refusal) -> KerasObject.Value {
      switch length {
      case .batches(let count): return .count(count)
      case .epochs(let count):
        guard let epoch else { throw Refusal("how many updates an epoch has is known after a fit") }
        return .count(count * Double(epoch))
      }
    }
    func made(_ className: String, _ arguments: [KerasObject.Argument]) -> KerasObject {
      KerasObject(module: "optimizers.schedules", className: className, arguments: arguments)
    }
    switch schedule {
    case is ConstantRate: return nil
    case let schedule as ExponentialDecay:
      return made("ExponentialDecay", [
        .init("initial_learning_rate", .number(rate)), .init("decay_steps", try updates(schedule.length)),
        .init("decay_rate", .number(schedule.factor)), .init("staircase", .flag(schedule.isStaircase)),
      ])
    case let schedule as StepDecay:
      return made("ExponentialDecay", [
        .init("initial_learning_rate", .number(rate)), .init("decay_steps", try updates(schedule.length)),
        .init("decay_rate", .number(schedule.factor)), .init("staircase", .flag(true)),
      ])
    case let schedule as CosineDecay:
      var arguments: [KerasObject.Argument] = [
        .init("decay_steps", try updates(schedule.length)), .init("alpha", .number(schedule.alpha)),
        .init("initial_learning_rate", .number(schedule.warmup == nil ? rate : 0)),
      ]
      if let warmup = schedule.warmup {
        arguments += [.init("warmup_target", .number(rate)), .init("warmup_steps", try updates(warmup))]
      }
      return made("CosineDecay", arguments)
    case is ReduceOnPlateau: throw Refusal("there it is a callback of fit, ReduceLROnPlateau")
    default: throw Refusal("Keras has no schedule like it")
    }
  }

  /// A schedule of ours, and the optimizer's own rate.
  /// - Throws: `Refusal` that names one which is not here.
  static func schedule(_ value: KerasJSON) throws(Refusal) -> (any Schedule, Double) {
    let (className, config) = (value["class_name"]?.text ?? "", value["config"] ?? .null)
    let start = config["initial_learning_rate"]?.number
    var (words, rate): ([String], Double?)
    switch className {
    case "ExponentialDecay":
      rate = start
      words = ["exponential", try batches(config, "decay_steps"), config["decay_rate"]?.word ?? ""]
      if config["staircase"] == .flag(true) { words.append("staircase=yes") }
    case "CosineDecay":
      rate = start
      words = ["cosine", try batches(config, "decay_steps"), "alpha=\(config["alpha"]?.word ?? "0")"]
      if let target = config["warmup_target"]?.number {
        guard start == 0 else { throw Refusal("a schedule whose warm-up does not begin at 0 is not here") }
        rate = target
        words.append("warmup=\(try batches(config, "warmup_steps"))")
      }
    default: throw Refusal("the schedule \(className.shown) is not here")
    }
    let line = words.joined(separator: " ")
    guard let rate, let schedule = try? Schedules.catalogue.value(of: line) else {
      throw Refusal("the schedule \(value.shown) is not here")
    }
    return (schedule, rate)
  }

  /// A number of updates, which is not whole where ours counted parts of epochs.
  private static func batches(_ config: KerasJSON, _ name: String) throws(Refusal) -> String {
    let value = config[name] ?? .null
    guard let number = value.number, number > 0, number <= 1e15, let word = value.word else {
      throw Refusal("a schedule with \(KerasArguments.shown(name, value)) is not here")
    }
    return "\(word)batches"
  }
}

extension KerasObject.Value {
  /// A number of things, whole where it is.
  fileprivate static func count(_ value: Double) -> KerasObject.Value {
    Int(exactly: value).map { .integer($0) } ?? .number(value)
  }
}
