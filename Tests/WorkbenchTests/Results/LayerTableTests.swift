import Testing

@testable import Engine
@testable import Workbench

@Suite struct LayerTableTests {
  /// The text of `summary` of a network for the digits.
  private static func summary(_ layers: [String]) throws -> Outcome {
    var bench = Bench(.loaded)
    for layer in layers { bench.run("add \(layer)") }
    let ran = bench.outcome("summary")
    return try #require(ran)
  }

  @Test("summary counts the parameters and multiply-adds of the book's convolutional network")
  func convnet() throws {
    let outcome = try Self.summary([
      "conv2d 32 3 relu", "maxpool2d 2", "conv2d 64 3 relu", "maxpool2d 2", "conv2d 64 3 relu", "flatten",
      "dense 64 relu", "dense 10 softmax",
    ])
    // Keras 3.15: count_params() is 93,322. Multiply-adds: 26·26·9·32, 11·11·9·32·64, 3·3·9·64·64, 576·64, 64·10.
    #expect(outcome.text.contains("parameters: 93,322"))
    for figure in ["320", "194,688", "18,496", "2,230,272", "36,928", "331,776", "36,864", "640"] {
      #expect(outcome.text.contains(figure), "\(figure)")
    }
    #expect(outcome.result.contains("\"parameters\":93322,\"trainable\":93322"))
  }

  @Test("summary tells parameters that are not trained, and the memory for training and for inference")
  func memory() throws {
    let outcome = try Self.summary(["conv2d 8 3", "batchnorm", "flatten", "dense 10 softmax"])
    #expect(outcome.text.contains("trainable 54,186, fixed 16"), "\(outcome.text)")
    #expect(outcome.text.contains("memory for a batch of 32: training "))
    #expect(outcome.text.contains("inference "))
    var bench = Bench(.loaded)
    for layer in ["conv2d 8 3", "batchnorm", "flatten", "dense 10 softmax"] { bench.run("add \(layer)") }
    let network = try #require(bench.session.network)
    let more = try #require(network.memory(batch: 32, isTraining: true))
    let less = try #require(network.memory(batch: 32, isTraining: false))
    // Weights, gradients, and two images of 26×26×8 for each of 32 examples, at least.
    #expect(more > 4 * (2 * 54_202 + 2 * 32 * 26 * 26 * 8))
    #expect(less < more)
  }
}
