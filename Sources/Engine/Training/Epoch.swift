/// A metric's name and figure.
public struct Figure: Equatable, Sendable {
  public let name: String
  public let value: Double

  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// What came out of a pass over examples: the mean loss, and the metrics.
public struct Score: Equatable, Sendable {
  public let loss: Double
  public let metrics: [Figure]
  /// Examples it was measured on.
  public let count: Int

  package init(loss: Double, metrics: [Figure], count: Int) {
    (self.loss, self.metrics, self.count) = (loss, metrics, count)
  }

  /// Loss and metrics by name.
  public subscript(name: String) -> Double? {
    name == "loss" ? loss : metrics.first { $0.name == name }?.value
  }

  /// Loss first, then the metrics.
  public var figures: [Figure] { [Figure("loss", loss)] + metrics }
}

/// One pass over the training examples.
public struct Epoch: Equatable, Sendable {
  /// Counts from 1, over several fits.
  public let number: Int
  /// Running means over the epoch, as Keras shows them.
  public let training: Score
  public let validation: Score?
  /// Of its last update.
  public let learningRate: Double
  public let seconds: Double
  /// Fewer than all when it was interrupted.
  public let batches: Int

  package init(
    number: Int, training: Score, validation: Score?, learningRate: Double, seconds: Double, batches: Int
  ) {
    (self.number, self.training, self.validation) = (number, training, validation)
    (self.learningRate, self.seconds, self.batches) = (learningRate, seconds, batches)
  }

  /// Whether it was validated.
  public var isValidated: Bool { validation != nil }

  /// The name of what is monitored.
  public var monitoredName: String { isValidated ? "val_loss" : "loss" }

  /// What tells whether it is better than another: the loss of validation where there is some, else of training.
  public var monitored: Double { validation?.loss ?? training.loss }

  /// Loss and metrics, those of validation behind them with `val_` before their names, as Keras calls them.
  public var figures: [Figure] {
    training.figures + (validation?.figures.map { Figure("val_\($0.name)", $0.value) } ?? [])
  }
}

extension Sequence<Epoch> {
  /// Those that can be held against each other: the validated ones where there are any, as a loss of training says
  /// nothing beside one of validation.
  public var comparable: [Epoch] {
    let validated = filter(\.isValidated)
    return validated.isEmpty ? Array(self) : validated
  }

  /// The one with the least monitored loss, the first of equals; nil when none has a finite one.
  public var best: Epoch? {
    comparable.filter { $0.monitored.isFinite }.min { $0.monitored < $1.monitored }
  }
}
