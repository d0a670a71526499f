import Engine
import Grammar

/// A session or a model as a program for PyTorch 2.
struct TorchProgram: LibraryProgram {
  static let library = "PyTorch 2"
  static let imports = ["import torch", "from torch import nn", "from torch.nn import functional"]
  static let showing = "print(model)"

  var file: PythonFile
  var learnt: LearntWeights
  var measured = ProgramFigures.none
  private var network: Network?
  private var modules: TorchModules?
  private var trainer: Trainer?
  private var targets: Targets.Kind?
  /// Whether there are examples.
  private var isLoaded = false
  /// Whether the examples have their channels in front already.
  private var isTurned = false

  init(_ file: PythonFile, _ learnt: LearntWeights) { (self.file, self.learnt) = (file, learnt) }

  mutating func write(_ step: SessionProgram.Step) throws(Refusal) {
    switch step {
    case .seed(let seed): file.add("torch.manual_seed(\(seed & 0x7FFF_FFFF_FFFF_FFFF))")
    case .load(let data):
      file.load(data)
      (isLoaded, isTurned) = (true, false)
      if measured == .evaluation { measured = .none }
      turnExamples()
      if let trainer, let targets { hold(trainer, targets) }
    case .network(let network):
      trainer = nil
      try write(network)
      turnExamples()
    case .cleared: (network, modules, trainer) = (nil, nil, nil)
    case .weights(let name): load(weights: name)
    case .compile(let trainer, let targets): try compile(trainer, targets, holdsTargets: true)
    case .reset:
      if let network { try write(network) }
      if let trainer, let targets { try compile(trainer, targets, holdsTargets: false) }
    case .fit(let training):
      guard let trainer else { return }
      try train { (program) throws(Refusal) in try TorchFit(training, trainer).write(&program.file) }
    case .evaluate(let isTest):
      measured = .evaluation
      let part = isTest ? "test" : "train"
      look { program in
        program.file.add("figures = evaluate(x_\(part), t_\(part))")
        program.file.add("print(figures)")
      }
    case .confusion(let isTest, let classes): look { $0.confusion(isTest ? "test" : "train", classes) }
    case .predict(let isTest, let rows):
      look { $0.file.add("print(predict(\(PythonFile.rows(rows, isTest: isTest))))") }
    case .expect(let condition):
      if TorchNames.measuresNot(condition.metric) {
        file.comment("  not done here: PyTorch has no metric \(condition.metric)")
      } else {
        expect(condition) { "history[-1][\($0)]" }
      }
    case .nothing(let reason): file.comment("  not done here: \(reason)")
    }
  }

  mutating func write(_ network: Network) throws(Refusal) {
    let modules = try TorchModules(network)
    (self.network, self.modules, measured) = (network, modules, .none)
    for module in modules.modules { for part in TorchPieces.all where module.python.hasPrefix(part.name + "(") {
      file.define(part.definition)
    } }
    file.add("model = nn.Sequential(")
    for module in modules.modules { file.add("    \(module.python),") }
    file.add(")")
    for line in try TorchTraining.initializers(modules, network) { file.add(line) }
  }

  /// Examples as tensors, channels in front.
  private mutating func turnExamples() {
    guard let network, let modules, isLoaded, !isTurned else { return }
    isTurned = true
    file.import("import numpy as np")
    let axes = [0, network.data.rank] + (1..<network.data.rank)
    let turn = modules.isInputChannelsFirst ? ".transpose(\(axes.map(String.init).joined(separator: ", ")))" : ""
    for part in ["train", "test"] {
      file.add("x_\(part) = torch.from_numpy(np.ascontiguousarray(x_\(part)\(turn), \"float32\"))")
    }
  }

  mutating func load(weights name: String) {
    guard let modules else { return }
    if measured == .evaluation { measured = .none }
    file.readWeights()
    file.import("import numpy as np")
    file.add("numbers = arrays(\(Python.quoted(name)))")
    file.add("state = model.state_dict()")
    file.add("with torch.no_grad():")
    for (name, tensor) in modules.tensors {
      guard case .turned(let slot, let view, let axes) = tensor.numbers else { continue }
      let (from, to) = (Python.tuple(view.map(String.init)), Python.tuple(tensor.shape.map(String.init)))
      let order = axes.map(String.init).joined(separator: ", ")
      let turned = "numbers[\(Python.quoted(slot.name))].reshape(\(from)).transpose(\(order)).reshape(\(to))"
      file.add("    state[\"\(name)\"].copy_(torch.from_numpy(\(turned).copy()))")
    }
  }
}

// MARK: compile, fit and what follows

extension TorchProgram {
  mutating func compile(_ trainer: Trainer, _ targets: Targets.Kind, holdsTargets: Bool) throws(Refusal) {
    guard let network, let modules else { return }
    (self.trainer, self.targets) = (trainer, targets)
    let kind = TorchTraining.targets(trainer.loss, network, targets)
    if holdsTargets, isLoaded { hold(trainer, targets) }
    if let remark = TorchTraining.remark(trainer) { file.comment(remark) }
    file.add("optimizer = \(try TorchTraining.optimizer(trainer))")
    file.add("fit.updates, fit.epochs = 0, []")
    file.add("")
    file.add("")
    file.add("def losses(x, t):")
    file.add("    \"\"\"The loss of each row, and the outputs.\"\"\"")
    for line in try TorchTraining.loss(trainer.loss, network) { file.add("    \(line)") }
    file.add("")
    file.add("")
    file.add("def metrics(y, t):")
    file.add("    \"\"\"The other figures of each row.\"\"\"")
    let figures = trainer.metrics.compactMap { metric in
      TorchTraining.metric(metric, kind).map { "\"\(metric.name)\": \($0)" }
    }
    file.add("    return {\(figures.joined(separator: ", "))}")
    for metric in trainer.metrics where TorchTraining.metric(metric, kind) == nil {
      file.comment("    not measured here: \(metric.name)")
    }
    file.add("")
    file.add("")
    file.add("def penalty():")
    file.add("    \"\"\"What large weights add to the loss.\"\"\"")
    file.add("    return \(modules.penalties(network))")
    file.add("")
    file.define(TorchPieces.training)
  }

  private mutating func hold(_ trainer: Trainer, _ targets: Targets.Kind) {
    guard let network else { return }
    let targets = TorchTraining.targets(trainer.loss, network, targets)
    for part in ["train", "test"] {
      let numbers = "torch.from_numpy(np.ascontiguousarray(y_\(part)))"
      let held =
        switch targets {
        case .numbers: "\(numbers).long()"
        case .rows(let count): "functional.one_hot(\(numbers).long(), \(count)).float()"
        case .column: "\(numbers).float().reshape(-1, 1)"
        case .values: "\(numbers).float().reshape(len(y_\(part)), -1)"
        }
      file.add("t_\(part) = \(held)")
    }
  }

  private mutating func confusion(_ part: String, _ classes: Int) {
    let isColumn = network?.output.count == 1
    file.add("outputs = predict(x_\(part))")
    file.add("predicted = \(isColumn ? "(outputs[:, 0] > 0.5).long()" : "outputs.argmax(1)")")
    file.add("true = torch.from_numpy(y_\(part)).long()")
    file.add("counts = torch.bincount(true * \(classes) + predicted, minlength=\(classes * classes))")
    file.add("print(counts.reshape(\(classes), \(classes)))  # rows true, columns predicted")
  }
}
