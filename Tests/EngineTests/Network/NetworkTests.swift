import Grammar
import Testing

@testable import Engine

@Suite struct NetworkTests {
  static func network(_ lines: [String], data: Shape = [4, 5]) throws -> Network {
    var (network, random) = (Network(data: data), Random(seed: 2))
    for line in lines { try network.append(try Layers.catalogue.value(line), random: &random) }
    return network
  }

  /// All tensors' numbers by their names.
  static func numbers(_ network: Network) -> [String: [Float]] {
    Dictionary(uniqueKeysWithValues: network.tensors.map { ($0.name, network[$0]) })
  }

  @Test("layers give shapes, tensors in Keras's order, and parameters")
  func shapes() throws {
    let network = try Self.network(["dense 6 relu", "dropout 0.5", "dense 3 softmax use_bias=no"])
    #expect(network.shapes == [[20], [6], [6], [3]])
    #expect(network.tensors.map(\.name) == ["1.dense.kernel", "1.dense.bias", "3.dense.kernel"])
    #expect(network.tensors.map(\.weight.shape) == [[20, 6], [6], [6, 3]])
    #expect(network.parameters == 144)
    #expect(network.trainable == 144)
    #expect([0, 1, 2].map { network.parameters(of: $0) } == [126, 0, 18])
    #expect(network.output == [3])
  }

  @Test("tensors do not overlap")
  func offsets() throws {
    let ranges = try Self.network(["dense 7", "dense 3", "dense 1"]).tensors.map(\.range)
    for (range, next) in zip(ranges, ranges.dropFirst()) { #expect(range.upperBound <= next.lowerBound) }
  }

  @Test("the same seed draws the same weights")
  func seed() throws {
    #expect(try Self.network(["dense 6"]).values == Self.network(["dense 6"]).values)
  }

  @Test("a layer for images in front gives them their channel axis, so that others for images can follow", arguments: [
    "conv2d 2 2", "depthwise_conv2d 2", "maxpool2d 2", "avgpool2d 2", "zeropadding2d", "batchnorm", "dropout 0.5",
    "spatial_dropout2d 0.5", "gaussian_noise 0.1", "rescaling 2", "random_translation 0.1", "random_rotation 0.1",
    "random_zoom 0.1",
  ])
  func channels(line: String) throws {
    let network = try Self.network([line, "conv2d 3 2"])
    #expect(network.shapes.first == [4, 5, 1])
    #expect(network.output.rank == 3 && network.output.last == 3)
  }

  @Test("a layer that does not fit is refused, and the network stays as it was", arguments: [
    (["activation relu"], "dense 3"), (["dense 3"], "dense 1000000000000"), ([], "dense 1000000000000000000"),
  ])
  func refused(layers: [String], line: String) throws {
    var (network, random) = (try Self.network(layers), Random(seed: 9))
    let layer = try Layers.catalogue.value(line)
    let before = network.values
    #expect(throws: Refusal.self) { try network.append(layer, random: &random) }
    #expect(network.layers.count == layers.count)
    #expect(network.values == before)
    #expect(network.tensors.count == 2 * layers.filter { $0.hasPrefix("dense") }.count)
  }

  @Test("removing a layer keeps the weights of those whose shapes stay")
  func remove() throws {
    var (network, random) = (try Self.network(["dense 6", "dense 6", "dense 3"]), Random(seed: 9))
    let before = Self.numbers(network)
    try network.remove(at: 1, random: &random)
    let after = Self.numbers(network)
    #expect(network.layers.count == 2)
    #expect(after["1.dense.kernel"] == before["1.dense.kernel"])
    #expect(after["2.dense.kernel"] == before["3.dense.kernel"])
    #expect(after["2.dense.bias"] == before["3.dense.bias"])
  }

  @Test("removing a layer draws those anew whose shapes change")
  func removeDraws() throws {
    var (network, random) = (try Self.network(["dense 6", "dense 5", "dense 3"]), Random(seed: 9))
    let before = Self.numbers(network)
    try network.remove(at: 1, random: &random)
    #expect(network.shapes == [[20], [6], [3]])
    #expect(network[network.tensors[2]].count == 18)
    #expect(Self.numbers(network)["1.dense.kernel"] == before["1.dense.kernel"])
  }

  @Test("a layer that those behind it need cannot be removed, and nothing changes")
  func removeRefused() throws {
    var (network, random) = (try Self.network(["activation relu", "flatten", "dense 3"]), Random(seed: 9))
    let before = network.values
    #expect(throws: Refusal.self) { try network.remove(at: 1, random: &random) }
    #expect(network.layers.count == 3)
    #expect(network.values == before)
  }

  @Test("removing the only layer leaves the data's shape")
  func removeLast() throws {
    var (network, random) = (try Self.network(["dense 3"]), Random(seed: 9))
    try network.remove(at: 0, random: &random)
    #expect(network.output == [4, 5])
    #expect(network.values.isEmpty)
  }

  @Test("reset draws new weights in the same places, and a copy keeps the old ones")
  func reset() throws {
    var (network, random) = (try Self.network(["dense 6", "dense 3"]), Random(seed: 9))
    let copy = network
    try network.reset(random: &random)
    #expect(network[network.tensors[0]] != copy[copy.tensors[0]])
    #expect(network[network.tensors[1]] == copy[copy.tensors[1]], "biases begin at 0 again")
    #expect(network.values.count == copy.values.count)
  }

  @Test("sums and products of sizes that do not fit are nothing")
  func overflow() {
    #expect(Int?(2).adding(3) == 5)
    #expect(Int?(2).times(3) == 6)
    #expect(Int?(2).adding(.max) == nil)
    #expect(Int?(.max - 1).adding(2) == nil)
    #expect(Int?(.max / 2).times(3) == nil)
    #expect(Int?.none.times(0) == nil)
  }
}
