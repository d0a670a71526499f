import Engine
import Grammar
import Testing

@testable import Interchange

@Suite("Networks of Keras's layers")
struct KerasBuilderTests {
  private func builder(_ input: String, _ layers: String..., data: Shape? = nil) throws -> KerasBuilder {
    let all = [#"{"class_name": "InputLayer", "config": {"batch_shape": [null, \#(input)]}}"#] + layers
    let text = #"{"class_name": "Sequential", "config": {"layers": [\#(all.joined(separator: ", "))]}}"#
    return try KerasBuilder(try KerasChain(try KerasJSON(Array(text.utf8), what: "c"), path: "m"), for: data)
  }

  private static let dense = #"{"class_name": "Dense", "config": {"units": 2}}"#
  private static let flatten = #"{"class_name": "Flatten", "config": {}}"#
  private static let conv = #"{"class_name": "Conv2D", "config": {"filters": 2, "kernel_size": [3, 3]}}"#
  private static let leaky = #"{"class_name": "LeakyReLU", "config": {"negative_slope": 0.1}}"#
  private static let relu = #"{"class_name": "Activation", "config": {"activation": "relu"}}"#

  private func lines(_ builder: KerasBuilder) -> [String?] {
    builder.network.layers.map { Layers.catalogue.line($0) }
  }

  @Test("what only gives examples the shape that a first layer takes is left to it")
  func first() throws {
    let flat = try builder("28, 28", Self.flatten, Self.dense)
    #expect(lines(flat) == ["dense 2"] && flat.network.data == [28, 28])
    let row = try builder("784", Self.dense, data: [28, 28])
    #expect(lines(row) == ["dense 2"] && row.network.data == [28, 28])
    let image = try builder("28, 28, 1", Self.conv)
    #expect(lines(image) == ["conv2d 2 3"] && image.network.data == [28, 28])
    let active = try builder("28, 28, 1", Self.relu, Self.conv, data: [28, 28])
    #expect(lines(active) == ["reshape 28 28 1", "activation relu", "conv2d 2 3"])
  }

  @Test("an activation with a parameter becomes the layer's before it, or a layer where that has one")
  func activations() throws {
    #expect(try lines(builder("4", Self.dense, Self.leaky)) == ["dense 2 \"leaky_relu negative_slope=0.1\""])
    #expect(
      try lines(builder("4", Self.dense, Self.leaky, Self.leaky)).last == "activation leaky_relu negative_slope=0.1")
  }

  @Test("a layer that cannot take what is before it is refused by name")
  func isRefused() throws {
    let refusal = #expect(throws: Refusal.self) { _ = try builder("4", Self.conv) }
    #expect(refusal?.message.hasPrefix("m: Conv2D \"\": conv2d needs images") == true, "\(refusal?.message ?? "")")
    // Nobody adds a layer to a file by typing it here.
    #expect(#expect(throws: Refusal.self) { _ = try builder("4, 4, 2", Self.relu, Self.dense) }?.hint == nil)
  }

  @Test("layers that were kept from learning are noticed")
  func frozen() throws {
    let dense = #"{"class_name": "Dense", "config": {"units": 2, "trainable": false}}"#
    #expect(try builder("4", dense).isFrozen)
    #expect(try builder("4", dense).notes == ["trainable=false there: Dense \"\"; here every layer learns"])
    #expect(try !builder("4", Self.dense).isFrozen)
    #expect(try builder("4", Self.dense).notes.isEmpty)
  }
}
