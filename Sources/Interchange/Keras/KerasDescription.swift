import Engine
import Grammar

/// What a `.keras` says of a model besides its numbers: `config.json` and `metadata.json`, as Keras 3.15.1 writes them.
struct KerasDescription {
  let config: KerasJSON
  let metadata = KerasJSON.object(["keras_version": .text("3.15.1")])
  /// Whether a schedule of Keras's gives the learning rate.
  private(set) var hasSchedule = false
  /// What it could not hold.
  private(set) var notes: [String] = []

  /// - Parameter epoch: updates in an epoch; nil where there was none yet.
  /// - Throws: `Refusal` that names what Keras does not have.
  init(_ network: Network, _ trainer: Trainer?, epoch: Int?) throws(Refusal) {
    var members = try KerasDescription.model(network)
    if let trainer {
      var schedule: KerasObject?
      do throws(Refusal) {
        schedule = try KerasSchedules.object(trainer.schedule, rate: trainer.optimizer.learningRate, epoch: epoch)
      } catch {
        let line = Schedules.catalogue.line(trainer.schedule) ?? ""
        notes.append("the schedule \(line) is left out: \(error.message)")
      }
      hasSchedule = schedule != nil
      members["compile_config"] = try KerasDescription.compiled(trainer, network, schedule)
    }
    config = .object(members)
  }

  /// The layers in a row, each with the shape that it is built for.
  private static func model(_ network: Network) throws(Refusal) -> [String: KerasJSON] {
    var (names, layers, shape) = (KerasNames.Unique(), [KerasJSON](), network.data)
    for entry in try KerasLayers(network).entries {
      if entry.object.className == "Input" {
        layers.append(input(shape))
        continue
      }
      var extra: [String: KerasJSON] = [
        "name": .text(names.next(entry.object.className)), "dtype": .text("float32"),
      ]
      if !KerasNames.untrainable.contains(entry.object.className) { extra["trainable"] = .flag(true) }
      guard case .object(var members) = entry.object.json(with: extra) else { continue }
      members["build_config"] = .object(["input_shape": batch(of: shape)])
      layers.append(.object(members))
      // Where one became two, what follows keeps the shape.
      shape = entry.source.map { network.shapes[$0 + 1] } ?? network.shapes[0]
    }
    return [
      "module": .text("keras"), "class_name": .text("Sequential"), "registered_name": .null,
      "config": .object([
        "name": .text("sequential"), "trainable": .flag(true), "dtype": .text("float32"), "layers": .list(layers),
        "build_input_shape": batch(of: network.data),
      ]), "build_config": .object(["input_shape": batch(of: network.data)]),
    ]
  }

  private static func input(_ shape: Shape) -> KerasJSON {
    .object([
      "module": .text("keras.layers"), "class_name": .text("InputLayer"), "registered_name": .null,
      "config": .object([
        "batch_shape": batch(of: shape), "dtype": .text("float32"), "sparse": .flag(false),
        "name": .text("input_layer"),
      ]),
    ])
  }

  /// A shape with any number of examples in front.
  private static func batch(of shape: Shape) -> KerasJSON { .list([.null] + shape.extents.map { .integer($0) }) }

  private static func compiled(
    _ trainer: Trainer, _ network: Network, _ schedule: KerasObject?
  ) throws(Refusal) -> KerasJSON {
    let takesNumbers = KerasTraining.takesNumbers(trainer)
    var metrics: [KerasJSON] = []
    for metric in trainer.metrics {
      metrics.append(try KerasTraining.metric(metric, outputs: network.output.count).json)
    }
    return .object([
      "optimizer": try KerasTraining.optimizer(trainer, rate: schedule.map { .object($0) }).json,
      "loss": try KerasTraining.loss(trainer.loss, takesNumbers: takesNumbers).json, "metrics": .list(metrics),
      "loss_weights": .null, "weighted_metrics": .null,
    ])
  }
}
