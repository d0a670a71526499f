import Engine
import Grammar

/// What `compile` chose, in PyTorch's words.
enum TorchTraining {
  /// What the targets have to be for a loss: the number of a class where it is worked out from the logits.
  static func targets(_ loss: any Loss, _ network: Network, _ kind: Targets.Kind) -> ProgramTargets {
    ProgramTargets(kind, outputs: network.output.count, takesNumbers: isOnLogits(loss, network))
  }

  /// Whether softmax and crossentropy are one.
  private static func isOnLogits(_ loss: any Loss, _ network: Network) -> Bool {
    loss.name.hasSuffix("categorical_crossentropy") && network.layers.last?.activation.name == "softmax"
  }

  /// The lines of a function that gives the loss of each row and the outputs.
  static func loss(_ loss: any Loss, _ network: Network) throws(Refusal) -> [String] {
    let spelling = Losses.catalogue.spelling(loss)
    let smoothing = spelling?["label_smoothing"] ?? "0"
    if isOnLogits(loss, network) {
      let smooth = smoothing == "0" ? "" : ", label_smoothing=\(smoothing)"
      return onLogits("functional.cross_entropy(logits, t, reduction=\"none\"\(smooth))")
    }
    if loss.name == "binary_crossentropy", network.layers.last?.activation.name == "sigmoid" {
      let t = smoothing == "0" ? "t" : "t * (1 - \(smoothing)) + \(smoothing) / 2"
      return onLogits("functional.binary_cross_entropy_with_logits(logits, \(t), reduction=\"none\").mean(1)")
    }
    guard let formula = formulas[loss.name] else { throw TorchNames.refusal(loss.name) }
    var lines: [String] = formula.map {
      $0.replacing("SMOOTHING", with: smoothing).replacing("DELTA", with: spelling?["delta"] ?? "1")
    }
    let result = lines.removeLast()
    return ["y = model(x)"] + lines + ["return \(result), y"]
  }

  private static func onLogits(_ expression: String) -> [String] {
    ["logits = model[:-1](x)", "return \(expression), model[-1](logits)"]
  }

  /// The loss of each row, from outputs `y` and targets `t`, after Keras 3.15; a test holds them against the catalogue.
  static let formulas: [String: [String]] = [
    "mse": ["(y - t).square().mean(1)"], "mae": ["(y - t).abs().mean(1)"],
    "huber": ["functional.huber_loss(y, t, reduction=\"none\", delta=DELTA).mean(1)"],
    "kl_divergence": [
      "t, p = t.clamp(1e-7, 1), y.clamp(1e-7, 1)", "(t * (t / p).log()).sum(1)",
    ],
    "hinge": ["(1 - (2 * t - 1) * y).clamp(min=0).mean(1)"],
    "categorical_hinge": [
      "right, wrong = (t * y).sum(1), ((1 - t) * y).amax(1)", "(wrong - right + 1).clamp(min=0)",
    ],
    "categorical_crossentropy": [
      "p = (y / y.sum(1, keepdim=True)).clamp(1e-7, 1 - 1e-7)",
      "-((t * (1 - SMOOTHING) + SMOOTHING / t.shape[1]) * p.log()).sum(1)",
    ],
    "sparse_categorical_crossentropy": [
      "p = (y / y.sum(1, keepdim=True)).clamp(1e-7, 1 - 1e-7)", "-(t * p.log()).sum(1)",
    ],
    "binary_crossentropy": [
      "p, t = y.clamp(1e-7, 1 - 1e-7), t * (1 - SMOOTHING) + SMOOTHING / 2",
      "-(t * p.log() + (1 - t) * (1 - p).log()).mean(1)",
    ],
  ]

  /// The expression of a metric, from outputs `y` and targets `t`; nil for what PyTorch does not measure.
  static func metric(_ metric: any Metric, _ targets: ProgramTargets) -> String? {
    let classes = targets == .numbers ? "t" : "t.argmax(1)"
    switch metric.name {
    case "accuracy":
      return targets == .column ? "((y > 0.5) == (t > 0.5)).float().mean(1)" : "(y.argmax(1) == \(classes)).float()"
    case "top_k_accuracy":
      let k = Metrics.catalogue.spelling(metric)?["k"] ?? "5"
      return "(y.topk(min(\(k), y.shape[1])).indices == \(classes)[:, None]).any(1).float()"
    case "mae", "mse":
      let rows = targets == .numbers ? "functional.one_hot(t, y.shape[1])" : "t"
      return "(y - \(rows)).\(metric.name == "mae" ? "abs" : "square")().mean(1)"
    default: return nil
    }
  }

  /// The expression that makes the optimizer.
  static func optimizer(_ trainer: Trainer) throws(Refusal) -> String {
    guard let spelling = Optimizers.catalogue.spelling(trainer.optimizer),
      let (name, names) = TorchNames.optimizers[spelling.name].map({ ($0.className, $0.parameters) })
    else { throw TorchNames.refusal(trainer.optimizer.name) }
    var arguments = ["model.parameters()", "lr=\(Python.number(trainer.optimizer.learningRate))"]
    if let one = spelling["beta_1"], let two = spelling["beta_2"] { arguments.append("betas=(\(one), \(two))") }
    for entry in spelling.entries {
      guard let word = entry.words.first else { continue }
      switch entry.name {
      case "learning_rate", "beta_1", "beta_2": continue
      case "epsilon": arguments.append("eps=\(word)")
      default:
        let value = KerasObject.Value(word: word)
        let isOff = value == .flag(false) || value == .integer(0)
        if !isOff || !entry.isDefault { arguments.append("\(names[entry.name] ?? entry.name)=\(value.python)") }
      }
    }
    // Ours grows its momentum as Keras does, by 0.96 every update.
    if spelling.name == "nadam" { arguments.append("momentum_decay=1") }
    if spelling.name == "adamw" { arguments.append("weight_decay=0") }
    return "torch.optim.\(name)(\(arguments.joined(separator: ", ")))"
  }

  /// What PyTorch computes otherwise, so that figures may differ a little; nil where nothing is.
  static func remark(_ trainer: Trainer) -> String? {
    let epsilon = Optimizers.catalogue.spelling(trainer.optimizer)?["epsilon"].flatMap(Double.init) ?? 0
    return switch trainer.optimizer.name {
    case "rmsprop", "adagrad":
      remark(trainer, trainer.schedule)
        ?? "PyTorch adds epsilon outside the root, Keras and Sumi inside it: figures differ a little."
    case "sgd": remark(trainer, trainer.schedule)
    case "adam", "adamw", "adamax", "nadam":
      epsilon > 1e-6
        ? "PyTorch adds epsilon to what is corrected already, Keras and Sumi before it: figures differ." : nil
    default: nil
    }
  }

  /// What PyTorch computes otherwise under a schedule.
  static func remark(_ trainer: Trainer, _ schedule: any Schedule) -> String? {
    let momentum = Optimizers.catalogue.spelling(trainer.optimizer)?["momentum"].flatMap(Double.init) ?? 0
    guard ["sgd", "rmsprop"].contains(trainer.optimizer.name), momentum != 0, !(schedule is ConstantRate) else {
      return nil
    }
    return "PyTorch's momentum takes on a new rate at once, that of Keras and Sumi with time: figures differ."
  }

  /// The lines that draw the first weights of a network's modules as `Sumi` does.
  static func initializers(_ modules: TorchModules, _ network: Network) throws(Refusal) -> [String] {
    var lines: [String] = []
    for (index, module) in modules.modules.enumerated() {
      for tensor in module.tensors where ["weight", "bias"].contains(tensor.name) {
        // A norm's factors that are left out here are there, and stay as they are.
        if case .constant = tensor.numbers { lines.append("model[\(index)].\(tensor.name).requires_grad_(False)") }
      }
      guard let layer = module.layer, !module.tensors.isEmpty,
        let spelling = Layers.catalogue.spelling(network.layers[layer])
      else { continue }
      for (name, parameter) in [("weight", "kernel_initializer"), ("bias", "bias_initializer")] {
        guard let word = spelling[parameter], let tensor = module.tensors.first(where: { $0.name == name }) else {
          continue
        }
        lines.append("nn.init.\(try initializer(word, tensor).replacing("%", with: "model[\(index)].\(name)"))")
      }
    }
    return lines
  }

  private static func initializer(_ word: String, _ tensor: TorchTensor) throws(Refusal) -> String {
    let name = String(word.prefix { $0 != " " })
    guard var call = TorchNames.initializers[name], let value = try? Initializers.catalogue.value(of: word) else {
      throw TorchNames.refusal(name)
    }
    if let scaled = value as? any ScaledInitializer, let shape = tensor.shapeOfOtherFans {
      let spread = scaled.spread(shape)
      return type(of: scaled).isEven
        ? "uniform_(%, \(-spread), \(spread))" : "trunc_normal_(%, 0.0, \(spread), \(-2 * spread), \(2 * spread))"
    }
    for entry in Initializers.catalogue.spelling(value)?.entries ?? [] {
      call = call.replacing(entry.name, with: entry.words.first ?? "0")
    }
    return call
  }
}
