import Grammar

/// What `compile` chose, and what the optimizer remembers.
public struct Trainer: Sendable {
  public let optimizer: any Optimizer
  public let loss: any Loss
  public let metrics: [any Metric]
  /// How the learning rate changes where `fit` does not say; counts all updates.
  public let schedule: any Schedule
  public let limits: GradientLimits
  /// `[slotCount, values]`: the optimizer's numbers for every number of the network.
  package var slots: ParameterStorage
  /// Updates made so far.
  public package(set) var steps = 0

  /// The memory of what the optimizer remembers.
  public var held: [ObjectIdentifier: Int] { slots.held }

  /// - Parameter targets: what the network shall say of each example.
  /// - Throws: `Refusal` when loss or metrics do not fit the last layer or the targets.
  public init(
    optimizer: any Optimizer, loss: any Loss, metrics: [any Metric], schedule: any Schedule = ConstantRate(),
    limits: GradientLimits = GradientLimits(), network: Network, targets: Targets.Kind
  ) throws(Refusal) {
    guard let last = network.layers.last else { throw .noLayers }
    guard network.output.rank == 1 else { throw .notARow(last, network) }
    guard targets.fits(outputs: network.output.count) else { throw .wrongWidth(last, network, targets) }
    try Trainer.check(loss, metrics, for: targets)
    guard loss.accepts(last.activation) else { throw .wrongActivation(last, network, loss) }
    guard network.output.count >= type(of: loss).minimumOutputs else { throw .tooFewOutputs(last, loss) }
    try limits.check()
    for metric in metrics { try metric.check(outputs: network.output.count, behind: last.activation) }
    self.optimizer = optimizer
    self.loss = loss
    self.metrics = metrics
    self.schedule = schedule
    self.limits = limits
    try Machine.require(
      Int?(network.values.count).times(optimizer.slotCount).times(MemoryLayout<Float>.stride),
      for: "what \(optimizer.name) remembers", hint: "compile sgd")
    slots = Trainer.slots(optimizer, count: network.values.count)
  }

  /// Slots as they are before the first update.
  private static func slots(_ optimizer: any Optimizer, count: Int) -> ParameterStorage {
    var slots = ParameterStorage(repeating: 0, count: count * optimizer.slotCount)
    for slot in 0..<optimizer.slotCount {
      slots.replaceSubrange(
        slot * count..<(slot + 1) * count, with: repeatElement(optimizer.start(slot: slot), count: count))
    }
    return slots
  }

  /// The loss that the last layer's activation suggests: softmax categorical_crossentropy, sigmoid
  /// binary_crossentropy, others mse; for values always mse.
  public static func defaultLoss(for network: Network, _ targets: Targets.Kind) -> any Loss {
    guard targets.isClasses else { return MSE() }
    return switch network.layers.last?.activation {
    case is Softmax: CategoricalCrossentropy()
    case is Sigmoid: BinaryCrossentropy()
    default: MSE()
    }
  }

  /// What networks are judged by where nothing else is said: accuracy for classes, mae for values.
  public static func defaultMetrics(_ targets: Targets.Kind) -> [any Metric] {
    targets.isClasses ? [Accuracy()] : [MeanAbsoluteError()]
  }

  /// Whether loss and metrics can judge by these targets, as one that was made for others may not.
  /// - Parameter outputs: how many numbers the network gives.
  package func judges(_ targets: Targets.Kind, outputs: Int) -> Bool {
    targets.fits(outputs: outputs) && (try? Trainer.check(loss, metrics, for: targets)) != nil
  }

  /// - Throws: `Refusal` when loss or metrics do not judge such targets.
  private static func check(_ loss: any Loss, _ metrics: [any Metric], for targets: Targets.Kind) throws(Refusal) {
    guard type(of: loss).judges.includes(targets) else { throw .otherTargets(loss.name, targets, "loss=mse") }
    for metric in metrics where !type(of: metric).judges.includes(targets) {
      throw .otherTargets(metric.name, targets, "metrics=mae")
    }
  }

  /// Forgets what the optimizer remembers.
  /// - Throws: `Refusal` when the memory does not suffice; nothing has changed then.
  public mutating func reset() throws(Refusal) {
    try Machine.require(
      Int?(slots.count).times(MemoryLayout<Float>.stride), for: "what \(optimizer.name) remembers", hint: "compile sgd")
    steps = 0
    slots = Trainer.slots(optimizer, count: slots.count / max(1, optimizer.slotCount))
  }

  /// Makes the gradients, and lets the optimizer change the network's trainable numbers by them.
  /// - Parameters:
  ///   - penalties: learns what the changed weights add to the loss.
  ///   - backward: gets the network's numbers and what takes gradients as they come, or nothing where it wants whole
  ///     tensors; gives all of them back.
  mutating func update(
    _ network: inout Network, learningRate: Double, threads: Threads, penalties: PenaltySums? = nil,
    backward: (FloatSpan, Update?) -> FloatSpan
  ) {
    steps += 1
    penalties?.clear()
    let (step, total) = (Step(number: steps, learningRate: learningRate), network.values.count)
    let (optimizer, limits, tensors) = (self.optimizer, self.limits, network.tensors)
    network.values.withUnsafeMutableBufferPointer { values in
      slots.withUnsafeMutableBufferPointer { slots in
        let weights = FloatSpan(values, 0..<total)
        let update = Update(
          optimizer, step, limits, tensors, weights: weights, slots: FloatSpan(slots, 0..<slots.count),
          penalties: penalties)
        let gradients = backward(weights, update.wantsWholeTensors ? nil : update)
        if update.wantsWholeTensors { update.changeAll(gradients, threads: threads) }
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

  fileprivate static func wrongWidth(_ last: any Layer, _ network: Network, _ targets: Targets.Kind) -> Refusal {
    let what =
      switch targets {
      case .classes(let count): "the data set has \(count) classes"
      case .values(let width): "it should give \(width == 1 ? "1 value" : "\(width) values")"
      }
    return Refusal(
      "the last layer, \(last.name), gives \(network.output) for each example, and \(what)",
      hint: "add \(targets.lastLayer)")
  }

  fileprivate static func otherTargets(_ name: String, _ targets: Targets.Kind, _ other: String) -> Refusal {
    Refusal(
      targets.isClasses
        ? "\(name) judges values, and the data set has classes" : "\(name) judges classes, and the data set has values",
      hint: "compile adam \(targets.isClasses ? "" : other)")
  }

  fileprivate static func wrongActivation(_ last: any Layer, _ network: Network, _ loss: any Loss) -> Refusal {
    let wants = type(of: loss).wants
    let what = "the last layer, \(last.name) \(network.output) \(last.activation.name), gives numbers"
    return last.activation.givesProbabilities
      ? Refusal(
        "\(loss.name) wants numbers on both sides of 0, as of \(wants), and \(what) in 0 … 1",
        hint: "compile adam loss=\(Trainer.defaultLoss(for: network, .classes(network.output.count)).name)")
      : Refusal("\(loss.name) wants probabilities, and \(what) outside 0 … 1", hint: "add activation \(wants)")
  }

  fileprivate static func tooFewOutputs(_ last: any Layer, _ loss: any Loss) -> Refusal {
    Refusal(
      "\(loss.name) wants an output for each class, and the last layer, \(last.name), has one for both",
      hint: "compile adam loss=binary_crossentropy")
  }
}
