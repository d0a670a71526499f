import Engine
import Grammar

/// A session or a model as a program for Keras 3.15, on any of its backends.
struct KerasProgram: LibraryProgram {
  static let library = "Keras 3.15"
  static let imports = ["import keras"]
  static let showing = "model.summary()"

  var file: PythonFile
  var learnt: LearntWeights
  var measured = ProgramFigures.none
  private var network: Network?
  private var trainer: Trainer?
  private var targets: Targets.Kind?
  /// Whether there are examples.
  private var isLoaded = false
  /// What became of the optimizer's own rate.
  private enum Rate {
    case own
    /// A callback has lowered it.
    case lowered
    /// A schedule has taken its place.
    case scheduled
  }
  private var rate = Rate.own

  init(_ file: PythonFile, _ learnt: LearntWeights) { (self.file, self.learnt) = (file, learnt) }

  mutating func write(_ step: SessionProgram.Step) throws(Refusal) {
    switch step {
    case .seed(let seed): file.add("keras.utils.set_random_seed(\(seed % 1 << 32))")
    case .load(let data):
      file.load(data)
      isLoaded = true
      if measured == .evaluation { measured = .none }
      if let trainer, let targets { hold(trainer, targets) }
    case .network(let network):
      trainer = nil
      try write(network)
    case .cleared: (network, trainer) = (nil, nil)
    case .weights(let name): load(weights: name)
    case .compile(let trainer, let targets): try compile(trainer, targets, holdsTargets: true)
    case .reset: try reset()
    case .fit(let training): try fit(training)
    case .evaluate(let isTest):
      measured = .evaluation
      let part = isTest ? "test" : "train"
      look { program in
        program.file.add("figures = model.evaluate(x_\(part), t_\(part), batch_size=512, return_dict=True)")
        program.file.add("print(figures)")
      }
    case .confusion(let isTest, let classes): look { $0.confusion(isTest ? "test" : "train", classes) }
    case .predict(let isTest, let rows):
      look { $0.file.add("print(model.predict(\(PythonFile.rows(rows, isTest: isTest))))") }
    case .expect(let condition): expect(condition) { "history.history[\($0)][-1]" }
    case .nothing(let reason): file.comment("  not done here: \(reason)")
    }
  }

  mutating func write(_ network: Network) throws(Refusal) {
    self.network = network
    measured = .none
    file.add("model = keras.Sequential([")
    for entry in try KerasLayers(network).entries { file.add("    \(entry.object.python),") }
    file.add("])")
  }

  mutating func load(weights name: String) {
    guard let network else { return }
    if measured == .evaluation { measured = .none }
    file.readWeights()
    let names = network.tensors.map { Python.quoted($0.name) }.joined(separator: ", ")
    file.add("numbers = arrays(\(Python.quoted(name)))")
    file.add("model.set_weights([numbers[name] for name in [\(names)]])")
  }

  mutating func compile(_ trainer: Trainer, _ targets: Targets.Kind, holdsTargets: Bool) throws(Refusal) {
    (self.trainer, self.targets, rate) = (trainer, targets, .own)
    guard let network else { return }
    let takesNumbers = KerasTraining.takesNumbers(trainer)
    if holdsTargets, isLoaded { hold(trainer, targets) }
    var metrics: [String] = []
    for metric in trainer.metrics {
      metrics.append(try KerasTraining.metric(metric, outputs: network.output.count).python)
    }
    file.add("optimizer = \(try KerasTraining.optimizer(trainer).python)")
    file.add("loss = \(try KerasTraining.loss(trainer.loss, takesNumbers: takesNumbers).python)")
    file.add("metrics = [\(metrics.joined(separator: ", "))]")
    file.add("model.compile(optimizer=optimizer, loss=loss, metrics=metrics)")
    if let settings = ProgramPlateau.arguments(trainer.schedule) {
      file.define(ProgramPlateau.reduced)
      file.define(KerasSchedules.plateau)
      file.add("plateau = ReduceOnPlateau(\(Python.number(trainer.optimizer.learningRate)), \(settings))")
    }
  }

  /// Targets as the loss takes them, `t_train` and `t_test`.
  private mutating func hold(_ trainer: Trainer, _ targets: Targets.Kind) {
    guard let network else { return }
    let targets = ProgramTargets(
      targets, outputs: network.output.count, takesNumbers: KerasTraining.takesNumbers(trainer))
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
    if let trainer, let targets { try compile(trainer, targets, holdsTargets: false) }
  }

  private mutating func confusion(_ part: String, _ classes: Int) {
    file.import("import numpy as np")
    let isColumn = network?.output.count == 1
    file.add("outputs = model.predict(x_\(part), batch_size=512)")
    file.add("predicted = \(isColumn ? "(outputs[:, 0] > 0.5).astype(int)" : "outputs.argmax(axis=1)")")
    file.add("matrix = np.zeros((\(classes), \(classes)), int)  # rows true, columns predicted")
    file.add("np.add.at(matrix, (y_\(part), predicted), 1)")
    file.add("print(matrix)")
  }
}

// MARK: fit

extension KerasProgram {
  private mutating func fit(_ training: Training) throws(Refusal) {
    guard let trainer else { return }
    try train { (program) throws(Refusal) in
      let fit = KerasFit(training, trainer)
      fit.prepare(&program.file)
      program.schedule(fit.schedule, trainer, isOwn: training.schedule != nil)
      fit.write(&program.file)
    }
  }

  /// Gives the optimizer its schedule, or its own rate again; what it remembers stays.
  /// - Parameter isOwn: whether it is of this fit, and so counts from its beginning.
  private mutating func schedule(_ schedule: any Schedule, _ trainer: Trainer, isOwn: Bool) {
    let own = trainer.optimizer.learningRate
    let isPlateau = schedule is ReduceOnPlateau
    if let python = KerasSchedules.python(schedule, rate: own, in: &file) {
      file.import("import numpy as np")
      if isOwn { file.define(KerasSchedules.fromNow) }
      file.add("optimizer.learning_rate = \(isOwn ? "FromNow(\(python), int(optimizer.iterations))" : python)")
      file.add("model.compile(optimizer=optimizer, loss=loss, metrics=metrics)")
      rate = .scheduled
      return
    }
    switch rate {
    case .scheduled:
      file.define(KerasSchedules.plain)
      file.add("optimizer = plain(optimizer, \(Python.number(own)))")
      file.add("model.compile(optimizer=optimizer, loss=loss, metrics=metrics)")
    // That of `compile` sets the rate itself.
    case .lowered where !isPlateau || isOwn: file.add("optimizer.learning_rate = \(Python.number(own))")
    case .lowered, .own: break
    }
    rate = isPlateau ? .lowered : .own
  }
}
