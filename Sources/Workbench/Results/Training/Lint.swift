import Engine
import Grammar
import Pictures

/// Something that can be trained and will not learn as it should: why, and the line that mends it.
struct Lint {
  private let message: String
  let mendingLine: String

  /// One line to read.
  var note: Line { "\(message); better: \(mendingLine)" }

  /// What a beginner would not see in a network that was compiled.
  /// - Parameter compile: as it was typed, to be typed again behind each remedy.
  static func all(_ network: Network, _ compile: Compile, _ targets: Targets.Kind, loss: any Loss) -> [Lint] {
    let again = "; " + (Compile.form.line(compile) ?? "compile rmsprop")
    return [
      softmaxBehind(network, again), softmaxAlone(network, targets, again),
      valuesForClasses(network, targets, loss, again),
      scaledTwice(network, again), fixedMetric(network, compile),
    ].compactMap { $0 }
  }

  /// A softmax of its own behind another, or behind relu.
  private static func softmaxBehind(_ network: Network, _ again: String) -> Lint? {
    guard let (before, last) = lastTwo(network), last is ActivationLayer, last.activation is Softmax else { return nil }
    if before.activation is Softmax {
      return Lint(
        message: "softmax of softmax makes all classes almost equally probable, so little is learnt",
        mendingLine: "remove" + again)
    }
    guard before.activation is ReLU else { return nil }
    return Lint(
      message: "relu before softmax makes every sum below 0 the same, so no class can be told to be unlikely",
      mendingLine: "remove; remove; add \(line(before, with: Softmax()))" + again)
  }

  private static func softmaxAlone(_ network: Network, _ targets: Targets.Kind, _ again: String) -> Lint? {
    guard let last = network.layers.last, network.output.count == 1, last.activation is Softmax else { return nil }
    return Lint(
      message: "softmax of a single number is always 1, so nothing can be learnt",
      mendingLine: "remove; add \(line(last, with: targets.isClasses ? Sigmoid() : Linear()))" + again)
  }

  /// Outputs that are no probabilities, with a loss that takes them for values.
  private static func valuesForClasses(
    _ network: Network, _ targets: Targets.Kind, _ loss: any Loss, _ again: String
  ) -> Lint? {
    guard let last = network.layers.last, case .classes(let classes) = targets,
      last.activation is Linear || last.activation is ReLU,
      loss is MSE || loss is MAE || loss is Huber
    else { return nil }
    let activation: any Activation = network.output.count == 1 ? Sigmoid() : Softmax()
    let isDense = last is Dense
    return Lint(
      message: "the last layer gives numbers of any size where probabilities of \(classes) classes are wanted, and "
        + "\(loss.name) learns classes slowly",
      mendingLine: (isDense ? "remove; add \(line(last, with: activation))" : "add activation \(activation.name)")
        + again)
  }

  /// Pixels come as 0 … 1.
  private static func scaledTwice(_ network: Network, _ again: String) -> Lint? {
    let first = network.layers.firstIndex { !$0.differsInTraining && !$0.isView }
    guard network.data.rank > 1, let first, let layer = network.layers[first] as? Rescaling, abs(layer.scale) < 0.1
    else {
      return nil
    }
    return Lint(
      message: "pixels come as numbers from 0 to 1 already; scaled once more they are hardly above 0",
      mendingLine: "remove \(first + 1)" + again)
  }

  private static func fixedMetric(_ network: Network, _ compile: Compile) -> Lint? {
    let metrics = compile.metrics ?? []
    let fixed = metrics.first { ($0 as? TopKAccuracy)?.count == network.output.count }
    guard let fixed, network.output.count > 1 else { return nil }
    let others = metrics.filter { $0.name != fixed.name }
    let mended = Compile(
      loss: compile.loss, metrics: others.isEmpty ? nil : others, schedule: compile.schedule,
      limits: compile.limits, optimizer: compile.optimizer)
    let count = network.output.count
    return Lint(
      message: "the true class is always among all \(count), so \(fixed.name) with k=\(count) is always 1",
      mendingLine: Compile.form.line(mended) ?? "compile rmsprop")
  }

  private static func lastTwo(_ network: Network) -> (any Layer, any Layer)? {
    let layers = network.layers.suffix(2)
    guard layers.count == 2, let first = layers.first, let last = layers.last else { return nil }
    return (first, last)
  }

  /// A layer as it would be typed with another activation.
  private static func line(_ layer: any Layer, with activation: any Activation) -> String {
    guard let dense = layer as? Dense else { return "activation \(activation.name)" }
    let changed = Dense(units: dense.units, activation: activation, dense.choices)
    return Layers.catalogue.line(changed) ?? "dense \(dense.units) \(activation.name)"
  }
}

extension Layer {
  /// Whether it changes its input at random, and only while training.
  var differsInTraining: Bool {
    self is Dropout || self is SpatialDropout2D || self is GaussianNoise || self is RandomRotation
      || self is RandomTranslation || self is RandomZoom
  }
}
