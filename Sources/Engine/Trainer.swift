import Grammar

/// What `compile` chose, and what the optimizer remembers.
public struct Trainer: Sendable {
  public let optimizer: any Optimizer
  public let loss: any Loss
  public let metrics: [any Metric]
  /// How the learning rate changes where `fit` does not say; counts all updates.
  public let schedule: any Schedule
  /// `[slotCount, values]`: the optimizer's numbers for every number of the network.
  var slots: [Float]
  /// Updates made so far.
  public internal(set) var steps = 0

  /// - Throws: `Refusal` when the loss does not fit the last layer or the classes.
  public init(
    optimizer: any Optimizer, loss: any Loss, metrics: [any Metric], schedule: any Schedule = ConstantRate(),
    network: Network, classes: Int
  ) throws(Refusal) {
    guard let last = network.layers.last else { throw .noLayers }
    guard network.output.rank == 1 else { throw .notARow(last, network) }
    guard network.output.count == classes || (network.output.count == 1 && classes == 2) else {
      throw .wrongWidth(last, network, classes)
    }
    guard loss.accepts(last.activation) else { throw .wrongActivation(last, network, loss) }
    self.optimizer = optimizer
    self.loss = loss
    self.metrics = metrics
    self.schedule = schedule
    slots = [Float](repeating: 0, count: network.values.count * optimizer.slotCount)
  }

  /// The loss that the last layer's activation suggests: softmax categorical_crossentropy, sigmoid
  /// binary_crossentropy, others mse.
  public static func usualLoss(for network: Network) -> any Loss {
    switch network.layers.last?.activation {
    case is Softmax: CategoricalCrossentropy()
    case is Sigmoid: BinaryCrossentropy()
    default: MSE()
    }
  }

  /// Forgets what the optimizer remembers.
  public mutating func reset() {
    steps = 0
    slots = [Float](repeating: 0, count: slots.count)
  }

  /// Lets the optimizer change the network's trainable numbers, in pieces cut by their count alone.
  mutating func update(_ network: inout Network, gradients: Floats, learningRate: Double, threads: Threads) {
    steps += 1
    let step = Step(number: steps, learningRate: learningRate)
    let (optimizer, total, slotCount) = (self.optimizer, network.values.count, self.optimizer.slotCount)
    let parts = network.parts
    network.values.withUnsafeMutableBufferPointer { values in
      slots.withUnsafeMutableBufferPointer { slots in
        let weights = Floats(values, 0..<total)
        let memory = (0..<slotCount).map { Floats(slots, $0 * total..<($0 + 1) * total) }
        threads.run(parts.count) { index in
          let part = parts[index]
          optimizer.update(
            weights.part(part.lowerBound, count: part.count),
            gradient: gradients.part(part.lowerBound, count: part.count),
            slots: memory.map { $0.part(part.lowerBound, count: part.count) }, step: step)
        }
      }
    }
  }
}

extension Network {
  /// Numbers that one piece of an update has at most: three arrays of them stay in the processor's second cache.
  private static let partLength = 32_768

  /// The trainable numbers, cut into parts.
  var parts: [Range<Int>] {
    tensors.filter(\.weight.isTrainable).flatMap { tensor in
      stride(from: tensor.range.lowerBound, to: tensor.range.upperBound, by: Network.partLength).map {
        $0..<min($0 + Network.partLength, tensor.range.upperBound)
      }
    }
  }
}

extension Refusal {
  fileprivate static let noLayers = Refusal("the network has no layers yet", hint: "add dense 512 relu")

  fileprivate static func notARow(_ last: any Layer, _ network: Network) -> Refusal {
    Refusal(
      "the last layer, \(last.name), gives \(network.output) for each example; expected one row of numbers",
      hint: "add flatten")
  }

  fileprivate static func wrongWidth(_ last: any Layer, _ network: Network, _ classes: Int) -> Refusal {
    Refusal(
      "the last layer, \(last.name), gives \(network.output) for each example, and the data set has \(classes) classes",
      hint: "add dense \(classes) softmax")
  }

  fileprivate static func wrongActivation(_ last: any Layer, _ network: Network, _ loss: any Loss) -> Refusal {
    let wants = type(of: loss).wants
    return Refusal(
      "\(loss.name) wants probabilities, and the last layer, \(last.name) \(network.output) \(last.activation.name), "
        + "gives numbers outside 0 … 1", hint: "add activation \(wants)")
  }
}
