import Engine
import Grammar
import Testing

@testable import Interchange

@Suite("Training in PyTorch's words")
struct TorchTrainingTests {
  /// What draws the first weights of the layers that are typed.
  private func initializers(_ data: Shape, _ lines: String...) throws -> [String] {
    var network = Network(data: data)
    for line in lines { try network.append(blank: try Layers.catalogue.value(of: line)) }
    return try TorchTraining.initializers(try TorchModules(network), network)
  }

  /// √(3·variance), and for normal ones √variance / 0.8796, of as many inputs as outputs (Keras 3.15.1 `compute_fans`).
  @Test("a bias is drawn as far as Keras draws it, where PyTorch knows no inputs and outputs", arguments: [
    ("he_uniform", "uniform_(BIAS, -1.224744871391589, 1.224744871391589)"),
    ("glorot_uniform", "uniform_(BIAS, -0.8660254037844386, 0.8660254037844386)"),
    ("lecun_uniform", "uniform_(BIAS, -0.8660254037844386, 0.8660254037844386)"),
    ("lecun_normal", "trunc_normal_(BIAS, 0.0, 0.56842361"), ("glorot_normal", "trunc_normal_(BIAS, 0.0, 0.56842361"),
    ("he_normal", "trunc_normal_(BIAS, 0.0, 0.80387238"), ("random_uniform", "uniform_(BIAS, -0.05, 0.05)"),
  ])
  func biases(_ name: String, _ call: String) throws {
    let lines = try initializers([3], "dense 4 bias_initializer=\(name)")
    #expect(lines.first == "nn.init.xavier_uniform_(model[0].weight)")
    #expect(lines.last?.hasPrefix("nn.init.\(call.replacing("BIAS", with: "model[0].bias"))") == true, "\(lines)")
  }

  @Test("kernels are PyTorch's to draw, but for depthwise ones of several channels")
  func kernels() throws {
    for (data, own) in [([8, 8], true), ([8, 8, 3], false)] as [(Shape, Bool)] {
      for (line, first) in [("conv2d 2 3", true), ("depthwise_conv2d 3 kernel_initializer=glorot_uniform", own)] {
        let lines = try initializers(data, line)
        #expect(lines.contains { $0.contains("xavier_uniform_(model[") } == first, "\(line): \(lines)")
      }
    }
  }
}
