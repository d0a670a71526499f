import Engine
import Grammar
import Testing

@testable import Interchange

@Suite("What a file of Keras's says of a model")
struct KerasDescriptionTests {
  private func network() throws -> Network {
    var network = Network(data: [8, 8])
    for line in ["conv2d 2 3 relu", "flatten", "dense 3 softmax"] {
      try network.append(blank: try Layers.catalogue.value(of: line))
    }
    return network
  }

  private func description(_ schedule: any Schedule) throws -> KerasDescription {
    let trainer = try Trainer(
      optimizer: SGD(), loss: CategoricalCrossentropy(), metrics: [Accuracy()], schedule: schedule,
      network: try network(), targets: .classes(3))
    return try KerasDescription(try network(), trainer, epoch: 10)
  }

  @Test("layers stand there with their names, their arguments and the shapes that they are built for")
  func layers() throws {
    let layers = try #require(try KerasDescription(try network(), nil, epoch: nil).config["config"]?["layers"]?.list)
    #expect(
      layers.map { $0["class_name"]?.text } == ["InputLayer", "Reshape", "Conv2D", "Flatten", "Dense"])
    #expect(layers[2]["config"]?["filters"] == .integer(2))
    #expect(layers[2]["module"] == .text("keras.layers"))
    #expect(
      layers.dropFirst().map { $0["build_config"]?["input_shape"]?.shown }
        == ["[null, 8, 8]", "[null, 8, 8, 1]", "[null, 6, 6, 2]", "[null, 72]"])
  }

  @Test("only a layer whose class takes it says that it learns")
  func trainable() throws {
    var network = Network(data: [8, 8, 2])
    for line in ["spatial_dropout2d 0.2", "dropout 0.2"] {
      try network.append(blank: try Layers.catalogue.value(of: line))
    }
    let layers = try KerasDescription(network, nil, epoch: nil).config["config"]?["layers"]?.list ?? []
    #expect(layers.dropFirst().map { $0["config"]?["trainable"] } == [nil, .flag(true)])
  }

  @Test("a schedule stands in the place of the rate; one that Keras has not is told")
  func schedules() throws {
    let exponential = try description(ExponentialDecay(length: .epochs(2), factor: 0.5))
    #expect(exponential.hasSchedule && exponential.notes.isEmpty)
    let rate = exponential.config["compile_config"]?["optimizer"]?["config"]?["learning_rate"]
    #expect(rate?["config"]?["decay_steps"] == .integer(20))
    let cycle = try description(OneCycle(length: .batches(5), rise: 0.3))
    #expect(!cycle.hasSchedule)
    #expect(cycle.notes == ["the schedule one_cycle 5batches is left out: Keras has no schedule like it"])
  }
}
