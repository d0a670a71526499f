import Engine

/// `fit` in Keras's words: what it trains on, when it stops, what counts how much.
struct KerasFit {
  private let training: Training
  /// What `compile` chose.
  private let trainer: Trainer

  init(_ training: Training, _ trainer: Trainer) { (self.training, self.trainer) = (training, trainer) }

  /// How the learning rate changes.
  var schedule: any Schedule { training.schedule ?? trainer.schedule }

  /// Whether a schedule asks for the updates of an epoch.
  private var isScheduled: Bool { !(schedule is ConstantRate || schedule is ReduceOnPlateau) }

  /// The batches after which it stops, where that cuts the validation of an epoch off.
  private var cut: Int? { training.validation == .none ? nil : training.batches }

  /// Whether the rows that train are picked out, instead of by Keras.
  private var picksRows: Bool { training.isStratified }

  private var rows: String { picksRows ? "[train]" : "" }

  /// Lines before `model.fit`.
  func prepare(_ file: inout PythonFile) {
    if training.isStratified || training.classWeight == .balanced { file.import("import numpy as np") }
    if case .share(let share) = training.validation, training.isStratified {
      file.add("rows = [np.flatnonzero(y_train == c) for c in np.unique(y_train)]")
      file.add("train = np.sort(np.concatenate([r[:int(len(r) * (1 - \(share)))] for r in rows]))")
      file.add("held = np.sort(np.concatenate([r[int(len(r) * (1 - \(share))):] for r in rows]))")
    }
    let countsUpdates = isScheduled || cut != nil
    if countsUpdates || training.classWeight == .balanced { file.add("count = \(count)") }
    if countsUpdates { file.add("updates = -(-count // \(training.batch))") }
    if training.classWeight == .balanced {
      let trained = picksRows ? "y_train[train]" : "y_train[:count]"
      file.add("classes, sizes = np.unique(\(trained), return_counts=True)")
      file.add("weights = {int(c): count / (len(classes) * size) for c, size in zip(classes, sizes)}")
    }
  }

  /// Examples that train.
  private var count: String {
    switch training.validation {
    case .share where picksRows: "len(train)"
    case .share(let share): "int(len(x_train) * (1 - \(share)))"
    default: "len(x_train)"
    }
  }

  func write(_ file: inout PythonFile) {
    var arguments = ["epochs=\(training.epochs)", "batch_size=\(training.batch)"]
    switch training.validation {
    case .none: break
    case .share where picksRows: arguments.append("validation_data=(x_train[held], t_train[held])")
    case .share(let share): arguments.append("validation_split=\(share)")
    case .test: arguments.append("validation_data=(x_test, t_test)")
    }
    // The epoch in which it stops is not validated.
    if let cut { arguments.append("validation_freq=list(range(1, \(cut - 1) // updates + 1))") }
    if !training.shuffles { arguments.append("shuffle=False") }
    if training.classWeight == .balanced { arguments.append("class_weight=weights") }
    let callbacks = callbacks(&file)
    file.add("history = model.fit(")
    file.add("    x_train\(rows), t_train\(rows), \(arguments.joined(separator: ", ")),")
    if !callbacks.isEmpty {
      file.add("    callbacks=[")
      for callback in callbacks { file.add("        \(callback),") }
      file.add("    ],")
    }
    file.add(")")
    file.add("figures = {name: values[-1] for name, values in history.history.items()}")
  }

  private func callbacks(_ file: inout PythonFile) -> [String] {
    var callbacks: [String] = []
    if let own = training.schedule, let callback = KerasSchedules.callback(own, monitor: training.monitor) {
      callbacks.append(callback)
    }
    if trainer.schedule is ReduceOnPlateau {
      // It learns of all epochs, those too that have a schedule of their own.
      let isOwn = training.schedule != nil
      callbacks.append(
        isOwn
          ? "keras.callbacks.LambdaCallback(on_epoch_end=plateau.on_epoch_end)"
          : "plateau.watching(\(Python.quoted(training.monitor)))")
    }
    if training.patience != nil || training.restoresBest {
      let patience = training.patience ?? training.epochs
      let best = training.restoresBest ? ", restore_best_weights=True" : ""
      callbacks.append("keras.callbacks.EarlyStopping(monitor=\"\(training.monitor)\", patience=\(patience)\(best))")
    }
    if let until = training.until {
      file.define(KerasFit.until)
      callbacks.append("Until(\(Python.quoted(until.metric)), lambda value: \(until.python("value")))")
    }
    if let batches = training.batches {
      file.define(KerasFit.stopAfter)
      callbacks.append("StopAfter(\(batches))")
    }
    return callbacks
  }

  private static let until = """
    class Until(keras.callbacks.Callback):
        \"\"\"Stops after the first epoch whose figure is as it should be.\"\"\"

        def __init__(self, figure, holds):
            super().__init__()
            self.figure, self.holds = figure, holds

        def on_epoch_end(self, epoch, logs=None):
            if self.figure in logs and self.holds(logs[self.figure]):
                self.model.stop_training = True
    """

  private static let stopAfter = """
    class StopAfter(keras.callbacks.Callback):
        \"\"\"Stops after so many batches.\"\"\"

        def __init__(self, count):
            super().__init__()
            self.left = count

        def on_train_batch_end(self, batch, logs=None):
            self.left -= 1
            if self.left == 0:
                self.model.stop_training = True
    """
}
