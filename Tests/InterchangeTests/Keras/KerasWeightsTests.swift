import Engine
import Grammar
import Testing

@testable import Interchange

@Suite("Weights in files of Keras's")
struct KerasWeightsTests {
  private func network(_ lines: String...) throws -> Network {
    var (network, random) = (Network(data: [3]), Random(seed: 1))
    for line in lines { try network.append(try Layers.catalogue.value(of: line), random: &random) }
    return network
  }

  private func file(_ network: Network) throws -> HDF5File {
    try HDF5File(try KerasWeights(network).bytes(path: "w.weights.h5"), path: "w.weights.h5")
  }

  @Test("layers of one class are counted, tensors too")
  func names() throws {
    let file = try file(try network("dense 4", "batchnorm", "dense 2"))
    #expect(
      file.arrays.keys.sorted() == ["batch_normalization/vars/0", "batch_normalization/vars/1",
        "batch_normalization/vars/2", "batch_normalization/vars/3", "dense/vars/0", "dense/vars/1", "dense_1/vars/0",
        "dense_1/vars/1"].map { "layers/\($0)" })
    #expect(file.arrays["layers/dense_1/vars/0"]?.shape == [4, 2])
  }

  @Test("a class has the name that Keras's files give it")
  func snake() {
    let names = [
      "Dense": "dense", "Conv2D": "conv2d", "DepthwiseConv2D": "depthwise_conv2d", "LeakyReLU": "leaky_re_lu",
      "ELU": "elu", "GlobalAveragePooling2D": "global_average_pooling2d", "SpatialDropout2D": "spatial_dropout2d",
    ]
    for (className, name) in names { #expect(KerasNames.snake(className) == name) }
  }

  static let refused: [(lines: [String], says: String)] = [
    (["dense 4", "dense 3"], "layers/dense_1/vars/0 has the shape 4×2, and 2.dense.kernel has 4×3"),
    (["dense 4"], "holds layers/dense_1/vars/0, which this network does not have; it has layers/dense/vars"),
    (["dense 4", "dense 2", "dense 1"], "lacks layers/dense_2/vars/0, which is to be 3.dense.kernel 2×1"),
  ]

  @Test("weights of other layers are refused by name", arguments: refused)
  func isRefused(lines: [String], says: String) throws {
    var other = Network(data: [3])
    for line in lines { try other.append(blank: try Layers.catalogue.value(of: line)) }
    let file = try file(try network("dense 4", "dense 2"))
    let refusal = #expect(throws: Refusal.self) { _ = try KerasWeights(other).filled(from: file) }
    #expect(refusal?.message.contains(says) == true, "\(refusal?.message ?? "")")
  }
}
