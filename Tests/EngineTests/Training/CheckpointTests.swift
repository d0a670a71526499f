import Grammar
import Testing

@testable import Engine

@Suite("A run goes on from a checkpoint to the bits of a run that was never stopped")
struct CheckpointTests {
  /// A run with something to remember in each of its parts.
  struct Variant: CustomTestStringConvertible, Sendable {
    let name: String
    var layers = ["dense 8 tanh", "dense 3 softmax"]
    var optimizer = "adam lr=0.05"
    var metrics = ["accuracy"]
    var schedule: String?
    var training = Training(epochs: 4, batch: 8)

    var testDescription: String { name }
  }

  private static var variants: [Variant] {
    var all = Optimizers.catalogue.forms.map { Variant(name: $0.name, optimizer: $0.name) }
    all.append(Variant(name: "dropout and moving averages", layers: [
      "conv2d 4 2 relu", "batchnorm", "flatten", "dropout 0.3", "dense 3 softmax",
    ]))
    all.append(Variant(name: "augmentation", layers: ["random_translation 0.2 0.2", "flatten", "dense 3 softmax"]))
    let metrics = Metrics.catalogue.forms.map { $0.name == "top_k_accuracy" ? "top_k_accuracy k=2" : $0.name }
    all.append(Variant(name: "every metric", metrics: metrics))
    for schedule in Schedules.catalogue.forms.compactMap({ $0.examples.first }) {
      guard let words = schedule.split(separator: " schedule=").last else { continue }
      all.append(Variant(name: "schedule \(words)", schedule: words.filter { $0 != "\"" }))
    }
    var best = Variant(name: "validation, patience, the best weights", optimizer: "sgd lr=4")
    best.training.validation = .share(0.3)
    (best.training.patience, best.training.restoresBest, best.training.epochs) = (3, true, 12)
    all.append(best)
    var weighed = Variant(name: "class weights, no shuffling")
    (weighed.training.classWeight, weighed.training.shuffles) = (.balanced, false)
    return all + [weighed]
  }

  /// Trains with a clock that takes three seconds a look, so that there are checkpoints inside epochs too.
  private func fit(
    _ scene: inout Scene, _ training: Training, from state: Checkpoint? = nil, keep: ((Checkpoint) -> Void)? = nil
  ) throws -> Training.Outcome {
    var time = 0.0
    let clock = {
      time += 3
      return time
    }
    return try training.run(
      &scene.network, &scene.trainer, on: scene.examples, resuming: state, random: &scene.random,
      threads: Threads(count: 1), watch: Training.TrainingObserver(now: clock, checkpoint: keep))
  }

  private func scene(_ variant: Variant) throws -> Scene {
    let image = variant.layers.contains { $0.contains("conv2d") || $0.contains("random") }
    return try Scene(
      variant.layers, optimizer: variant.optimizer, count: 30, shape: image ? [4, 4, 1] : [3, 4],
      metrics: variant.metrics)
  }

  @Test("from every checkpoint", arguments: variants)
  func resumed(variant: Variant) throws {
    var training = variant.training
    if let schedule = variant.schedule { training.schedule = try Schedules.catalogue.value(schedule) }
    var whole = try scene(variant)
    var states: [Checkpoint] = []
    let outcome = try fit(&whole, training) { states.append($0) }
    #expect(states.contains { $0.batch > 0 } && states.contains { $0.batch == 0 })
    for state in states {
      var resumed = try scene(variant)
      let rest = try fit(&resumed, training, from: state)
      #expect(resumed.state == whole.state, "epoch \(state.epoch), batch \(state.batch)")
      #expect(resumed.random == whole.random && resumed.trainer.steps == whole.trainer.steps)
      #expect(rest.epochs.map(\.figures) == outcome.epochs.map(\.figures))
      #expect(rest.end == outcome.end && rest.best == outcome.best && rest.batches == outcome.batches)
    }
  }

  @Test("the last sound weights are found by a run that was resumed, too")
  func notFinite() throws {
    let training = TrainingTests.plain(3, 4)
    var (whole, states) = (try Scene(["dense 8", "dense 3"], optimizer: "sgd lr=40", loss: "mse"), [Checkpoint]())
    let outcome = try fit(&whole, training) { states.append($0) }
    guard case .notFinite = outcome.end else {
      Issue.record("the loss stays finite, so the test tests nothing")
      return
    }
    try #require(!states.isEmpty)
    for state in states {
      var resumed = try Scene(["dense 8", "dense 3"], optimizer: "sgd lr=40", loss: "mse")
      let rest = try fit(&resumed, training, from: state)
      #expect(rest.end == outcome.end && resumed.state == whole.state)
    }
  }

  @Test("a state of another network or of other rows is refused, and nothing has changed")
  func others() throws {
    var (scene, state) = (try Scene(), Checkpoint?.none)
    _ = try fit(&scene, Training(epochs: 2, batch: 8)) { state = $0 }
    var other = try Scene(["dense 9 tanh", "dense 3 softmax"])
    let before = other.state
    #expect(throws: Refusal.self) { _ = try fit(&other, Training(epochs: 2, batch: 8), from: state) }
    #expect(other.state == before)
    var fewer = try Scene(count: 40)
    #expect(throws: Refusal.self) { _ = try fit(&fewer, Training(epochs: 2, batch: 8), from: state) }
  }
}
