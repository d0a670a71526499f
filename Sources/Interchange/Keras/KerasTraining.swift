import Engine
import Grammar

/// What `compile` chose, in Keras's words.
enum KerasTraining {
  static func loss(_ loss: any Loss, takesNumbers: Bool) throws(Refusal) -> KerasObject {
    guard let spelling = Losses.catalogue.spelling(loss) else { throw Refusal("\(loss.name) has no form") }
    // The same figure, from rows with a 1 at the class.
    let isTurned = spelling.name == "sparse_categorical_crossentropy" && !takesNumbers
    let name = isTurned ? "categorical_crossentropy" : spelling.name
    return KerasObject(
      module: "losses", className: try KerasNames.name(name, in: KerasNames.losses, what: "loss"),
      arguments: isTurned ? [] : arguments(spelling))
  }

  /// Whether loss and metrics take the number of a class; else they take rows.
  static func takesNumbers(_ trainer: Trainer) -> Bool {
    trainer.loss.name == "sparse_categorical_crossentropy" && trainer.metrics.allSatisfy { $0.name == "accuracy" }
  }

  /// The figure of each metric has our name, so that lines which ask for one find it.
  static func metric(_ metric: any Metric, outputs: Int) throws(Refusal) -> KerasObject.Value {
    guard let spelling = Metrics.catalogue.spelling(metric) else { throw Refusal("\(metric.name) has no form") }
    let name = try KerasNames.name(spelling.name, in: KerasNames.metrics, what: "metric")
    if name == "accuracy" { return .text(name) }
    var object = KerasObject(module: "metrics", className: name, arguments: arguments(spelling))
    if name == "F1Score" {
      object.arguments.append(.init("average", .text("macro")))
      if outputs == 1 { object.arguments.append(.init("threshold", .number(0.5))) }
    }
    object.arguments.append(.init("name", .text(metric.name)))
    return .object(object)
  }

  /// - Parameter rate: the learning rate where a schedule takes the place of the optimizer's own.
  static func optimizer(_ trainer: Trainer, rate: KerasObject.Value? = nil) throws(Refusal) -> KerasObject {
    guard let spelling = Optimizers.catalogue.spelling(trainer.optimizer) else {
      throw Refusal("\(trainer.optimizer.name) has no form")
    }
    var object = KerasObject(
      module: "optimizers",
      className: try KerasNames.name(spelling.name, in: KerasNames.optimizers, what: "optimizer"),
      arguments: arguments(spelling))
    // What the optimizer begins with is said always: it is what people change first.
    object.arguments = object.arguments.map { argument in
      if argument.name == "learning_rate" {
        return .init("learning_rate", rate ?? .number(trainer.optimizer.learningRate))
      }
      // Keras asks for a float, also where it is 0.
      guard case .integer(let value) = argument.value else { return argument }
      return .init(argument.name, .number(Double(value)), isDefault: argument.isDefault)
    }
    object.arguments += trainer.limits.settings.map { .init($0.name, .number($0.value)) }
    return object
  }

  private static func arguments(_ spelling: Spelling) -> [KerasObject.Argument] {
    spelling.entries.compactMap { entry in
      entry.words.first.map { .init(entry.name, .init(word: $0), isDefault: entry.isDefault) }
    }
  }
}
