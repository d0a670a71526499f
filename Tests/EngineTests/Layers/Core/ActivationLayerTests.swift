import Testing

@testable import Engine

@Suite struct ActivationLayerTests {
  /// The network applies the function; the layer itself passes on.
  static let twins = [Twin(ActivationLayer(activation: ReLU()), [3, 4]) { $0.input }]

  @Test("the line names the function")
  func line() { #expect(Layers.catalogue.line(ActivationLayer(activation: Tanh())) == "activation tanh") }
}
