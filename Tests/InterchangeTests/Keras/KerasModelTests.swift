import Engine
import Foundation
import Grammar
import TestSupport
import Testing

@testable import Interchange

@Suite("Models of Keras's")
struct KerasModelTests {
  /// What Keras said of a model that it saved.
  private struct Said: Decodable {
    let outputs: [[Float]]
  }

  private func read(_ name: String, for purpose: KerasModel.Purpose? = nil) throws -> KerasModel {
    if name.hasSuffix(".keras") { return try KerasModel(KerasArchive(Goldens.path(name)), for: purpose) }
    return try KerasModel(HDF5File(try Goldens.bytes(name), path: name), for: purpose)
  }

  private static let purpose = KerasModel.Purpose(data: [4, 4], targets: .classes(3))

  @Test(
    "models of Keras 3.15 and of tf.keras 2.15 predict what they did there",
    arguments: ["keras.keras", "keras.h5", "tf.keras", "tf.h5"])
  func predicts(name: String) throws {
    let model = try read(name, for: Self.purpose)
    #expect(model.network.layers.map(\.name) == ["conv2d", "flatten", "batchnorm", "dense"])
    #expect(model.trainer?.steps == 4)
    #expect(model.trainer?.optimizer.name == "adam")
    #expect(model.notes.isEmpty)
    let maker = String(name.prefix { $0 != "." })
    let said = try JSONDecoder().decode([String: Said].self, from: Data(try Goldens.bytes("\(maker).json")))
    let outputs = try #require(said[maker]?.outputs)
    let numbers = (0..<256).map { Float($0 * 37 % 101) / 101 }
    let examples = Examples(
      shape: [4, 4], features: .floats(Floats(numbers)), targets: .classes([Int](repeating: 0, count: 16), count: 3))
    for (example, expected) in outputs.enumerated() {
      let own = try LayerOutput(
        behind: 4, of: model.network, example: example, in: examples, threads: Threads(count: 1)).values
      for (one, other) in zip(own, expected) { #expect(abs(one - other) <= 1e-5) }
    }
  }

  @Test("weights alone are put into a network of the same layers", arguments: ["keras.weights.h5", "tf.weights.h5"])
  func weights(name: String) throws {
    let whole = try read(name.replacing("weights.h5", with: "keras"), for: Self.purpose).network
    let blank = whole.with(values: ParameterStorage(repeating: 0, count: whole.values.count))
    let filled = try KerasWeights(blank).filled(from: try HDF5File(try Goldens.bytes(name), path: name))
    for tensor in whole.tensors { #expect(filled[tensor] == whole[tensor]) }
  }

  @Test("a chain that is a functional model is read, one with branches and one with a Lambda are refused")
  func chains() throws {
    #expect(try read("chain.keras").network.layers.map(\.name) == ["dense", "dense"])
    for (name, says) in [("branches.keras", "is no chain of layers"), ("lambda.keras", "no file with a Lambda")] {
      let refusal = #expect(throws: Refusal.self) { _ = try read(name) }
      #expect(refusal?.message.contains(says) == true, "\(refusal?.message ?? "")")
    }
  }

  /// A network of every kind of layer with weights, as it is typed.
  private func network() throws -> Network {
    var (network, random) = (Network(data: [9, 9]), Random(seed: 3))
    for line in [
      "zeropadding2d", "zeropadding2d 0x1", "conv2d 3 3 \"leaky_relu negative_slope=0.1\"",
      "depthwise_conv2d 3 depth_multiplier=2", "batchnorm", "random_translation 0.1", "maxpool2d",
      "dropout 0.5", "flatten", "layernorm", "dense 4 use_bias=no", "dense 3 softmax l2=0.01",
    ] {
      try network.append(try Layers.catalogue.value(of: line), random: &random)
    }
    return network
  }

  @Test("what is written comes back to the bit, with what the optimizer remembers", arguments: [
    "sgd", "sgd momentum=0.9", "rmsprop", "rmsprop momentum=0.5", "rmsprop momentum=0.5 centered=yes", "adam",
    "adam amsgrad=yes", "adamw", "adagrad", "adadelta", "adamax", "nadam", "lion",
  ])
  func roundTrip(line: String) throws {
    let network = try network()
    var trainer = try Trainer(
      optimizer: try Optimizers.catalogue.value(of: line), loss: CategoricalCrossentropy(), metrics: [Accuracy()],
      network: network, targets: .classes(3))
    trainer.steps = 17
    // Every slot's numbers differ, so that none takes another's place.
    for index in trainer.slots.indices { trainer.slots[index] = Float(index) }
    let (bytes, notes) = try KerasModel.bytes(network, trainer, epoch: nil, path: "m.keras")
    #expect(notes.isEmpty)
    let folder = try Folder()
    let purpose = KerasModel.Purpose(data: [9, 9], targets: .classes(3))
    let model = try KerasModel(KerasArchive(try folder.write(bytes, to: "m.keras")), for: purpose)
    #expect(model.network.layers.map { Layers.catalogue.line($0) } == network.layers.map { Layers.catalogue.line($0) })
    for tensor in network.tensors { #expect(model.network[tensor] == network[tensor]) }
    let read = try #require(model.trainer)
    #expect(read.steps == 17)
    for slot in 0..<trainer.optimizer.slotCount {
      let range = slot * network.values.count..<(slot + 1) * network.values.count
      let (one, other) = (network.with(values: trainer.slots.part(range)), network.with(values: read.slots.part(range)))
      for tensor in network.tensors where tensor.weight.isTrainable { #expect(one[tensor] == other[tensor]) }
    }
  }

  @Test("an optimizer that nothing was fitted with remembers nothing, which needs no note")
  func fresh() throws {
    let network = try network()
    let trainer = try Trainer(
      optimizer: Adam(), loss: CategoricalCrossentropy(), metrics: [Accuracy()], network: network, targets: .classes(3))
    // As Keras writes it: its optimizer makes what it keeps of each tensor when it is first fitted.
    let writer = try HDF5Writer(path: "m.h5")
    try KerasWeights(network).write(into: writer)
    try writer.add("optimizer/vars/0", integer: 0)
    try writer.add("optimizer/vars/1", shape: [], [0.25])
    let weights = try HDF5File(try writer.bytes(), path: "m.h5")
    let config = try KerasDescription(network, trainer, epoch: nil).config
    let model = try KerasModel(config: Array(config.encoded.utf8), weights: weights, for: nil)
    #expect(model.notes.isEmpty)
    #expect(model.trainer?.optimizer.learningRate == 0.25 && model.trainer?.steps == 0)
  }

  @Test("data with or without an axis for one channel, and rows of pixels, meet the network as it takes them")
  func shapes() throws {
    let bare = try read("keras.keras").network.data
    #expect(bare == [4, 4])
    #expect(try read("keras.keras", for: .init(data: [16], targets: .classes(3))).network.layers[0].name == "reshape")
  }
}
