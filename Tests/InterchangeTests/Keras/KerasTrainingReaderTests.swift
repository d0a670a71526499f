import Engine
import Grammar
import Testing

@testable import Interchange

@Suite("What compile chose in Keras, as ours")
struct KerasTrainingReaderTests {
  private func network(_ activation: String = "softmax") throws -> Network {
    var network = Network(data: [4])
    try network.append(blank: try Layers.catalogue.value(of: "dense 3 \(activation)"))
    return network
  }

  private func reader(_ config: String, targets: Targets.Kind? = nil) throws -> KerasTrainingReader {
    try KerasTrainingReader(
      try KerasJSON(Array(config.utf8), what: "c"), try network(), targets: targets, rate: nil)
  }

  @Test("every optimizer, loss and metric that is written comes back")
  func roundTrip() throws {
    for form in Optimizers.catalogue.forms {
      for example in form.examples {
        let words = example.split(separator: " ").dropFirst().filter { !$0.hasPrefix("weight_decay") }
        let optimizer = try Optimizers.catalogue.value(of: words.joined(separator: " "))
        let trainer = try Trainer(
          optimizer: optimizer, loss: CategoricalCrossentropy(labelSmoothing: 0.1), metrics: [Accuracy(), AUC()],
          schedule: ExponentialDecay(length: .batches(5), factor: 0.5), limits: .init(clipNorm: 1, weightDecay: 0.01),
          network: try network(), targets: .classes(3))
        let description = try KerasDescription(try network(), trainer, epoch: nil)
        let read = try KerasTrainingReader(
          description.config["compile_config"] ?? .null, try network(), targets: .classes(3), rate: nil)
        #expect(read.notes.isEmpty)
        #expect(Optimizers.catalogue.line(read.trainer.optimizer) == Optimizers.catalogue.line(optimizer))
        #expect(Losses.catalogue.line(read.trainer.loss) == "categorical_crossentropy label_smoothing=0.1")
        #expect(read.trainer.metrics.map(\.name) == ["accuracy", "auc"])
        #expect(Schedules.catalogue.line(read.trainer.schedule) == "exponential 5batches 0.5")
        #expect(read.trainer.limits == .init(clipNorm: 1, weightDecay: 0.01))
      }
    }
  }

  /// What comes back of a loss and a metric, behind the first activation that both take.
  private func back(_ loss: any Loss, _ metric: any Metric) throws -> Trainer? {
    for activation in ["softmax", "linear"] {
      let network = try network(activation)
      let trainer = try? Trainer(
        optimizer: SGD(), loss: loss, metrics: [metric], network: network, targets: .classes(3))
      guard let trainer else { continue }
      let config = try KerasDescription(network, trainer, epoch: nil).config["compile_config"] ?? .null
      return try KerasTrainingReader(config, network, targets: .classes(3), rate: nil).trainer
    }
    return nil
  }

  @Test("every loss and every metric comes back")
  func everyLossAndMetric() throws {
    for form in Losses.catalogue.forms {
      let loss = try Losses.catalogue.value(of: form.name)
      let read = try #require(try back(loss, Accuracy()), "\(form.name)").loss
      #expect(Losses.catalogue.line(read) == form.name)
    }
    for form in Metrics.catalogue.forms {
      let metric = try Metrics.catalogue.value(of: form.name == "top_k_accuracy" ? "top_k_accuracy k=2" : form.name)
      let read = try #require(try back(CategoricalCrossentropy(), metric), "\(form.name)").metrics
      #expect(read.map { Metrics.catalogue.line($0) } == [Metrics.catalogue.line(metric)])
    }
  }

  @Test("what Keras 2 wrote is understood")
  func older() throws {
    let read = try reader(
      """
      {"optimizer_config": {"class_name": "Custom>Adam", "config": {"learning_rate": 0.009999999776482582,
       "decay": 0.0}}, "loss": "sparse_categorical_crossentropy", "metrics": [[{"class_name": "MeanMetricWrapper",
       "config": {"name": "accuracy", "fn": "sparse_categorical_accuracy"}}]]}
      """)
    #expect(Optimizers.catalogue.line(read.trainer.optimizer) == "adam learning_rate=0.01")
    #expect(read.trainer.loss.name == "sparse_categorical_crossentropy")
    #expect(read.trainer.metrics.map(\.name) == ["accuracy"])
    #expect(read.notes.isEmpty)
  }

  @Test("a metric that is not here is told")
  func metrics() throws {
    let read = try reader(#"{"optimizer": "sgd", "loss": "mse", "metrics": ["cosine_similarity", "mae"]}"#)
    #expect(read.notes == ["the metric \"cosine_similarity\" is left out: there is none like it here"])
    #expect(read.trainer.metrics.map(\.name) == ["mae"])
  }

  @Test("what compile says besides is taken where it changes no figure, and told where it does")
  func besides() throws {
    let read = try reader(
      """
      {"optimizer": "sgd", "loss": ["mse"], "loss_weights": [1.0], "run_eagerly": true, "steps_per_execution": 3,
       "jit_compile": true, "auto_scale_loss": true, "sample_weight_mode": "temporal", "weighted_metrics": []}
      """)
    #expect(read.notes == ["compile's sample_weight_mode=\"temporal\" is left out: there is nothing like it here"])
  }

  @Test("a Huber loss without its delta, as Keras 3.15.1 saves it, is told")
  func huber() throws {
    let read = try reader(#"{"optimizer": "sgd", "loss": {"class_name": "Huber", "config": {}}}"#)
    #expect(read.notes == ["the file does not say the delta of its huber loss; 1 is taken"])
  }

  static let refused: [(config: String, says: String)] = [
    (#"{"optimizer": "ftrl", "loss": "mse"}"#, "the optimizer ftrl is not here"),
    (#"{"optimizer": "sgd", "loss": "dice"}"#, "the loss \"dice\" is not here"),
    (#"{"optimizer": "sgd", "loss": {"class_name": "CategoricalCrossentropy", "config": {"from_logits": true}}}"#,
      "before softmax"),
    (#"{"optimizer": "sgd", "loss": {"class_name": "Huber", "config": {"reduction": "sum"}}}"#, "reduction=\"sum\""),
    (#"{"optimizer": "sgd", "loss": {"class_name": "SparseCategoricalCrossentropy", "config": {"ignore_class": 1}}}"#,
      "a loss with ignore_class=1 is not here"),
    (#"{"optimizer": "sgd", "loss": "mse", "loss_weights": [0.5]}"#, "a loss with loss_weights=[0.5] is not here"),
    (#"{"optimizer": "sgd", "loss": {"class_name": "Hinge", "config": {"dtype": "float64"}}}"#, "dtype=\"float64\""),
    (#"{"optimizer": {"class_name": "SGD", "config": {"use_ema": true}}, "loss": "mse"}"#, "use_ema=true"),
    (#"{"optimizer": {"class_name": "SGD", "config": {"ema_momentum": 0.99, "use_ema": true}}, "loss": "mse"}"#,
      "sgd with use_ema=true is not here"),
    (#"{"optimizer": {"class_name": "SGD", "config": {"weight_decay": -0.1}}, "loss": "mse"}"#, "weight_decay=-0.1"),
    (#"{"optimizer": {"class_name": "SGD", "config": {"centralize": 2}}, "loss": "mse"}"#, "sgd with centralize=2"),
    (#"{"optimizer": {"class_name": "SGD", "config": {"learning_rate": -1}}, "loss": "mse"}"#, "is no optimizer here"),
    (#"{"optimizer": {"class_name": "SGD", "config": {"learning_rate": {"class_name": "Mine", "config": {}}}}}"#,
      "the schedule Mine is not here"),
  ]

  @Test("what is not here is refused by name", arguments: refused)
  func isRefused(config: String, says: String) throws {
    let refusal = #expect(throws: Refusal.self) { _ = try reader(config) }
    #expect(refusal?.message.contains(says) == true, "\(refusal?.message ?? "")")
  }
}
