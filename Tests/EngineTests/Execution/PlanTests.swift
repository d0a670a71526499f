import Grammar
import Testing

@testable import Engine

@Suite struct PlanTests {
  /// Trains a network that ends in three classes; what it takes is refused or learnt, never more.
  static func fit(_ layers: [String], epochs: Int = 1, batch: Int = 8) throws(Refusal) -> Training.Outcome {
    var random = Random(seed: 3)
    let examples = Scene.examples(10, shape: [28, 28], random: &random)
    var network = Network(data: [28, 28])
    for line in layers + ["flatten", "dense 3 softmax"] {
      guard let layer = try? Layers.catalogue.value(line) else { throw Refusal("not read: \(line)") }
      try network.append(layer, random: &random)
    }
    var trainer = try Trainer(
      optimizer: SGD(), loss: CategoricalCrossentropy(), metrics: [Accuracy()], network: network, targets: .classes(3))
    return try Training(epochs: epochs, batch: batch).run(
      &network, &trainer, on: examples, random: &random, threads: Threads(count: 2),
      watch: Training.TrainingObserver(now: { 0 }))
  }

  @Test(arguments: [
    ["maxpool2d 1000000 padding=same"], ["maxpool2d 1000000x1 padding=same"], ["maxpool2d 3 strides=1000000"],
    ["avgpool2d 1000000 padding=same"], ["zeropadding2d 0x4000", "maxpool2d 700000x1 padding=same"],
    ["zeropadding2d 0x4000", "avgpool2d 700000x1 padding=same"], ["conv2d 1 2000x1 padding=same"],
    ["conv2d 1 1x500 strides=1000 padding=same"], ["depthwise_conv2d 100000x1 padding=same"],
    ["maxpool2d 1 strides=1000000 padding=same"], ["conv2d 2 2 dilation=27"],
  ]) func `windows far larger than their images train as others do`(layers: [String]) throws {
    let outcome = try Self.fit(layers)
    #expect(outcome.batches == 2)
    #expect(outcome.epochs.first?.training.loss.isFinite == true)
  }

  @Test(arguments: [
    ["conv2d 1 2 dilation=1000000 padding=same"], ["conv2d 1 1000000 padding=same"],
    ["depthwise_conv2d 1000000 padding=same"], ["zeropadding2d 1000000", "maxpool2d 2"],
    ["conv2d 9223372036854775807 3"],
    ["depthwise_conv2d 3 depth_multiplier=1000000", "depthwise_conv2d 3 depth_multiplier=1000000"],
    ["reshape 784", "dense 3000000000"],
  ]) func `what cannot be had is refused, wherever the memory is taken`(layers: [String]) {
    #expect(throws: Refusal.self) { try Self.fit(layers) }
  }

  @Test func `a pool over all of an image gives its largest number, whatever the window's size`() throws {
    let x = Buffer((0..<60).map { Float(($0 * 37) % 61) })
    let largest = x.values.max() ?? 0
    for line in ["maxpool2d 1000000 padding=same", "maxpool2d 10x6", "globalmaxpool2d"] {
      let layer = try Layers.catalogue.value(line)
      var plan = Plan(batch: 1, isTraining: false)
      let operation = layer.operation(for: [10, 6, 1], in: &plan)
      let (y, work) = (Buffer(count: 1), Buffer(count: try #require(plan.scratch)))
      operation.forward(
        ForwardPass(
          batch: 1, inputShape: [10, 6, 1], input: x.floats, output: y.floats, weights: [],
          saved: FloatSpan(x.floats.base, count: 0),
          scratch: work.floats, isTraining: false, seed: 0, threads: Threads(count: 1)))
      #expect(y.values == [largest])
    }
  }

  @Test func `a fit counts the copies that it holds: before, of the epoch, of the best one`() throws {
    let scene = try Scene(["dense 100", "dense 3 softmax"], optimizer: "adam")
    func memory(_ epochs: Int, restoresBest: Bool = false) throws -> Int {
      var training = Training(epochs: epochs, batch: 8)
      training.restoresBest = restoresBest
      return try #require(training.memory(scene.network, scene.trainer, rows: (50, 0), capacity: 8))
    }
    let weights = scene.network.values.count * 4
    #expect(try memory(2) - memory(1) == 3 * weights)
    #expect(try memory(9) == memory(2))
    #expect(try memory(1, restoresBest: true) - memory(1) == weights)
    var far = Training(epochs: 1, batch: 8)
    far.validation = .test
    #expect(far.memory(scene.network, scene.trainer, rows: (50, .max), capacity: 8) == nil)
  }
}
