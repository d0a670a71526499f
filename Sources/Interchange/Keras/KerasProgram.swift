import Engine
import Grammar

/// A session or a model as a program for Keras 3.15, on any of its backends.
public struct KerasProgram {
  var file: PythonFile
  var network: Network?
  var trainer: Trainer?
  private var targets: Targets.Kind?
  /// Whether weights that were learnt here take the place of training.
  private let hasWeights: Bool
  /// Whether a schedule has taken the place of the optimizer's own rate.
  private var isScheduled = false
  /// The fits that are still to come.
  private var fitsLeft: Int
  private let weights: String?

  /// - Throws: `Refusal` that names what Keras does not have.
  public static func bytes(_ session: SessionProgram) throws(Refusal) -> [UInt8] {
    var program = KerasProgram(weights: session.weights, fits: session.fits, title: "A session with Sumi")
    for part in session.parts { try program.write(part) }
    return program.file.bytes
  }

  /// The network, what `compile` chose, and the file of the weights beside it.
  /// - Throws: `Refusal` that names what Keras does not have.
  public static func bytes(
    _ network: Network, _ trainer: Trainer?, _ targets: Targets.Kind, weights: String?
  ) throws(Refusal) -> [UInt8] {
    var program = KerasProgram(weights: nil, fits: 0, title: "A network of Sumi")
    try program.write(network)
    if let trainer {
      program.file.add("")
      try program.compile(trainer, targets, ownsTargets: false)
    }
    if let weights {
      program.file.add("")
      program.load(weights: weights)
    }
    program.file.add("")
    program.file.add("if __name__ == \"__main__\":")
    program.file.add("    model.summary()")
    return program.file.bytes
  }

  private init(weights: String?, fits: Int, title: String) {
    file = PythonFile(title: "\(title), as a program for Keras 3.15.", imports: ["import keras"])
    (hasWeights, self.weights, fitsLeft) = (weights != nil && fits > 0, weights, fits)
    if hasWeights {
      file.add("# Whether it trains anew; else it takes what was learnt, from the file beside it.")
      file.add("TRAINS = False")
      file.add("")
    }
  }

  private mutating func write(_ part: SessionProgram.Part) throws(Refusal) {
    for text in part.narration { file.narrate(text) }
    file.comment(part.line)
    for step in part.steps { try write(step) }
    file.add("")
  }

  private mutating func write(_ step: SessionProgram.Step) throws(Refusal) {
    switch step {
    case .seed(let seed): file.add("keras.utils.set_random_seed(\(seed % 1 << 32))")
    case .load(let data): file.load(data)
    case .network(let network): try write(network)
    case .weights(let name): load(weights: name)
    case .compile(let trainer, let targets): try compile(trainer, targets, ownsTargets: true)
    case .reset: try reset()
    case .fit(let training): try write(training)
    case .evaluate(let isTest):
      let part = isTest ? "test" : "train"
      file.add("figures = model.evaluate(x_\(part), t_\(part), batch_size=512, return_dict=True)")
      file.add("print(figures)")
    case .confusion(let isTest): confusion(isTest ? "test" : "train")
    case .predict(let rows):
      file.add("print(model.predict(x_test[[\(rows.map(String.init).joined(separator: ", "))]]))")
    case .expect(let condition):
      let rest = condition.text.dropFirst(condition.metric.count)
      file.add("assert round(figures[\(Python.quoted(condition.metric))], 4)\(rest)")
    case .nothing(let reason): file.comment("  not done here: \(reason)")
    }
  }

  private mutating func write(_ network: Network) throws(Refusal) {
    self.network = network
    file.add("model = keras.Sequential([")
    for entry in try KerasLayers(network).entries { file.add("    \(entry.object.python),") }
    file.add("])")
  }

  private mutating func load(weights name: String) {
    guard let network else { return }
    file.readWeights()
    let names = network.tensors.map { Python.quoted($0.name) }.joined(separator: ", ")
    file.add("numbers = arrays(\(Python.quoted(name)))")
    file.add("model.set_weights([numbers[name] for name in [\(names)]])")
  }

  private mutating func compile(_ trainer: Trainer, _ targets: Targets.Kind, ownsTargets: Bool) throws(Refusal) {
    (self.trainer, self.targets, isScheduled) = (trainer, targets, false)
    guard let network else { return }
    let takesNumbers = KerasTraining.takesNumbers(trainer)
    if ownsTargets { hold(ProgramTargets(targets, outputs: network.output.count, takesNumbers: takesNumbers)) }
    var metrics: [String] = []
    for metric in trainer.metrics {
      metrics.append(try KerasTraining.metric(metric, outputs: network.output.count).python)
    }
    file.add("optimizer = \(try KerasTraining.optimizer(trainer).python)")
    file.add("loss = \(try KerasTraining.loss(trainer.loss, takesNumbers: takesNumbers).python)")
    file.add("metrics = [\(metrics.joined(separator: ", "))]")
    file.add("model.compile(optimizer=optimizer, loss=loss, metrics=metrics)")
  }

  /// Targets as the loss takes them, `t_train` and `t_test`.
  private mutating func hold(_ targets: ProgramTargets) {
    let one: (String) -> String =
      switch targets {
      case .numbers, .values: { "y_\($0)" }
      case .rows(let count): { "keras.utils.to_categorical(y_\($0), \(count))" }
      case .column: { "y_\($0).reshape(-1, 1).astype(\"float32\")" }
      }
    file.add("t_train, t_test = \(one("train")), \(one("test"))")
  }

  private mutating func reset() throws(Refusal) {
    guard let network else { return }
    try write(network)
    if let trainer, let targets { try compile(trainer, targets, ownsTargets: false) }
  }

  private mutating func confusion(_ part: String) {
    file.import("import numpy as np")
    let isColumn = network?.output.count == 1
    file.add("outputs = model.predict(x_\(part), batch_size=512)")
    file.add("predicted = \(isColumn ? "(outputs[:, 0] > 0.5).astype(int)" : "outputs.argmax(axis=1)")")
    file.add("matrix = np.zeros((y_\(part).max() + 1,) * 2, int)  # rows true, columns predicted")
    file.add("np.add.at(matrix, (y_\(part), predicted), 1)")
    file.add("print(matrix)")
  }
}

// MARK: fit

extension KerasProgram {
  private mutating func write(_ training: Training) throws(Refusal) {
    guard let trainer, let network else { return }
    fitsLeft -= 1
    if hasWeights {
      file.add("if TRAINS:")
      file.indent = 4
    }
    let fit = KerasFit(training, isColumn: network.output.count == 1)
    let chosen = training.schedule ?? trainer.schedule
    fit.prepare(&file, isScheduled: !(chosen is ConstantRate || chosen is ReduceOnPlateau))
    try schedule(chosen, trainer, isOwn: training.schedule != nil)
    fit.write(&file, schedule: chosen)
    file.indent = 0
    if hasWeights, fitsLeft == 0, let weights {
      file.add("else:")
      file.indent = 4
      load(weights: weights)
      file.indent = 0
    }
  }

  /// Gives the optimizer its schedule; what it remembers stays.
  /// - Parameter isOwn: whether it is of this fit, and so counts from its beginning.
  private mutating func schedule(
    _ schedule: any Schedule, _ trainer: Trainer, isOwn: Bool
  ) throws(Refusal) {
    let rate = trainer.optimizer.learningRate
    let python = KerasSchedules.python(schedule, rate: rate, in: &file)
    guard python != nil || isScheduled else { return }
    file.import("import numpy as np")
    if let python {
      if isOwn { file.define(KerasSchedules.fromNow) }
      file.add("optimizer.learning_rate = \(isOwn ? "FromNow(\(python), int(optimizer.iterations))" : python)")
    } else {
      file.define(KerasSchedules.constant)
      file.add("optimizer.learning_rate = Constant(\(Python.number(rate)))")
    }
    file.add("model.compile(optimizer=optimizer, loss=loss, metrics=metrics)")
    isScheduled = true
  }
}
