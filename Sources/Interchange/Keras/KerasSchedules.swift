import Engine
import Grammar

/// How the learning rate changes, in Keras's words.
enum KerasSchedules {
  /// Schedules that are a class of Keras's own; the others are defined in the program, or are callbacks.
  static let names = [
    "exponential": "ExponentialDecay", "step": "ExponentialDecay", "cosine": "CosineDecay", "one_cycle": "OneCycle",
    "reduce_on_plateau": "ReduceLROnPlateau",
  ]

  /// The expression of a schedule; nil for one that keeps the rate, or that a callback changes.
  /// - Parameters:
  ///   - rate: the optimizer's own.
  ///   - file: where what Keras does not have is defined.
  static func python(_ schedule: any Schedule, rate: Double, in file: inout PythonFile) -> String? {
    let own = Python.number(rate)
    switch schedule {
    case let schedule as ExponentialDecay:
      let staircase = schedule.isStaircase ? ", staircase=True" : ""
      let factor = Python.number(schedule.factor)
      return "\(prefix)ExponentialDecay(\(own), \(updates(schedule.length)), \(factor)\(staircase))"
    case let schedule as StepDecay:
      let factor = Python.number(schedule.factor)
      return "\(prefix)ExponentialDecay(\(own), \(updates(schedule.length)), \(factor), staircase=True)"
    case let schedule as CosineDecay:
      let alpha = Python.number(schedule.alpha)
      guard let warmup = schedule.warmup else {
        return "\(prefix)CosineDecay(\(own), \(updates(schedule.length)), alpha=\(alpha))"
      }
      return "\(prefix)CosineDecay(0.0, \(updates(schedule.length)), alpha=\(alpha), warmup_target=\(own), "
        + "warmup_steps=\(updates(warmup)))"
    case let schedule as OneCycle:
      file.define(oneCycle)
      return "OneCycle(\(own), \(updates(schedule.length)), \(Python.number(schedule.rise)))"
    default: return nil
    }
  }

  /// The callback of a schedule that waits for losses; nil for others.
  static func callback(_ schedule: any Schedule, monitor: String) -> String? {
    guard schedule is ReduceOnPlateau, let spelling = Schedules.catalogue.spelling(schedule) else { return nil }
    let arguments = spelling.entries.compactMap { entry -> String? in
      guard !entry.isDefault, let word = entry.words.first else { return nil }
      return ", \(entry.name)=\(KerasObject.Value(word: word).python)"
    }
    return "keras.callbacks.ReduceLROnPlateau(monitor=\"\(monitor)\"\(arguments.joined()))"
  }

  private static let prefix = "keras.optimizers.schedules."

  /// A length in updates; those of an epoch are `updates` in the program.
  private static func updates(_ length: ScheduleDuration) -> String {
    switch length {
    case .batches(let count): Python.count(count)
    case .epochs(let count): count == 1 ? "updates" : "\(Python.count(count)) * updates"
    }
  }

  /// Counts updates from where a fit begins.
  static let fromNow = """
    class FromNow(keras.optimizers.schedules.LearningRateSchedule):
        \"\"\"A schedule that begins at some update.\"\"\"

        def __init__(self, schedule, start):
            self.schedule, self.start = schedule, start

        def __call__(self, step):
            return self.schedule(step - self.start)

        def get_config(self):
            return {"schedule": self.schedule, "start": self.start}
    """

  /// Keeps one rate, where a schedule stood before: Keras sets no number in the place of a schedule.
  static let plain = """
    def plain(optimizer, rate):
        \"\"\"The same optimizer with one rate in the place of a schedule; what it remembers stays.\"\"\"
        other = type(optimizer).from_config({**optimizer.get_config(), "learning_rate": rate})
        other.build(model.trainable_variables)
        kept = [variable for variable in other.variables if variable is not other.learning_rate]
        for variable, value in zip(kept, optimizer.variables):
            variable.assign(value)
        return other
    """

  /// The schedule that `compile` chose, which Keras's callback would begin anew with every fit.
  static let plateau = """
    class ReduceOnPlateau(keras.callbacks.Callback):
        \"\"\"Lowers the rate as Keras's ReduceLROnPlateau does, but counts on from one fit to the next.\"\"\"

        def __init__(self, rate, **settings):
            super().__init__()
            self.rate, self.settings, self.epochs = rate, settings, []

        def watching(self, monitor):
            self.monitor = monitor
            return self

        def on_epoch_begin(self, epoch, logs=None):
            self.model.optimizer.learning_rate = reduced(self.rate, self.epochs, self.monitor, **self.settings)

        def on_epoch_end(self, epoch, logs=None):
            self.epochs.append(dict(logs))
    """

  private static let oneCycle = """
    class OneCycle(keras.optimizers.schedules.LearningRateSchedule):
        \"\"\"Up to a rate and down to almost nothing, along half a cosine each, as PyTorch's OneCycleLR.\"\"\"

        def __init__(self, rate, length, rise=0.3):
            self.rate, self.length, self.rise = rate, length, rise

        def __call__(self, step):
            ops = keras.ops
            start, last = self.rate / 25, max(1, self.length - 1)
            top = max(0, self.rise * (last + 1) - 1)
            time = ops.minimum(ops.cast(step, "float32"), last)

            def between(a, b, share):
                return b + (a - b) * (1 + ops.cos(np.pi * ops.minimum(1.0, share))) / 2

            down = between(self.rate, start / 1e4, (time - top) / max(1, last - top))
            return ops.where(time <= top, between(start, self.rate, time / top), down) if top > 0 else down

        def get_config(self):
            return {"rate": self.rate, "length": self.length, "rise": self.rise}
    """
}
