import Datasets
import Engine
import Grammar

/// What can be done in the present state, found out without doing it.
extension Session {
  var isLoaded: Bool { dataset != nil }

  var isBuilt: Bool { (try? built()) != nil }

  var isCompiled: Bool { (try? compiled()) != nil }

  /// Whether the last layer gives what the classes need.
  var isComplete: Bool { takes(loss: nil, metrics: []) }

  /// Whether a layer of this name can stand at the end, with parameters that ask for little.
  func takes(layer name: String) -> Bool {
    guard let network = dataset.map({ self.network ?? Network(data: $0.shape) }) else { return false }
    // What names its extents, as reshape does, gets all numbers in a row.
    guard let layer = Layers.catalogue[name]?.trial(rest: String(network.output.count)) else { return false }
    let input = network.layers.isEmpty ? layer.inputShape(forData: network.data) : network.output
    return (try? layer.output(for: input)) != nil
  }

  /// Whether the network can be compiled with a loss, its usual one when nil, and with metrics.
  func takes(loss: (any Loss)?, metrics: [any Metric]) -> Bool {
    guard let dataset, let network = try? built() else { return false }
    // SGD without momentum remembers nothing, so trying it allocates nothing.
    let trainer = try? Trainer(
      optimizer: SGD(), loss: loss ?? Trainer.defaultLoss(for: network, dataset.targets), metrics: metrics,
      network: network, targets: dataset.targets)
    return trainer != nil
  }

  /// Figures that `expect` finds: of the last `evaluate`, and those of the folds or of the last epoch that it does not
  /// measure.
  var measured: [Figure] {
    if !foldFigures.isEmpty { return (evaluation?.figures ?? []) + foldFigures }
    let epoch = history.last?.figures ?? []
    guard let evaluation else { return epoch }
    return evaluation.figures + epoch.filter { $0.name.hasPrefix("val_") }
  }

  /// Names of the figures that a `fit` measures.
  func figures(isValidated: Bool) -> [String] {
    let names = ["loss"] + (trainer?.metrics.map(\.name) ?? [])
    return isValidated ? names + names.map { "val_\($0)" } : names
  }

  /// The layers' numbers, with what they are.
  var layerCandidates: [Candidate] {
    (network?.layers ?? []).enumerated().map { index, layer in
      Candidate("\(index + 1)", help: Layers.catalogue.line(layer) ?? layer.name)
    }
  }
}
