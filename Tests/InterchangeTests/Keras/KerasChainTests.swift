import Grammar
import Testing

@testable import Interchange

@Suite("Chains of Keras's layers")
struct KerasChainTests {
  private func chain(_ text: String) throws -> KerasChain {
    try KerasChain(try KerasJSON(Array(text.utf8), what: "c"), path: "m.keras")
  }

  private static let dense = #"{"class_name": "Dense", "config": {"name": "d", "units": 2}}"#
  private static let input = #"{"class_name": "InputLayer", "config": {"name": "i", "batch_shape": [null, 3]}}"#

  private static func sequential(_ layers: String...) -> String {
    #"{"class_name": "Sequential", "config": {"layers": [\#(layers.joined(separator: ", "))]}}"#
  }

  @Test("a Sequential gives its layers and the shape of an example")
  func sequential() throws {
    let chain = try chain(Self.sequential(Self.input, Self.dense))
    #expect(chain.input == [3])
    #expect(chain.layers.map(\.className) == ["Dense"])
  }

  @Test("a model of Keras 2.0 has the shape in its first layer")
  func older() throws {
    let layer = #"{"class_name": "Dense", "config": {"name": "d", "batch_input_shape": [null, 5], "units": 2}}"#
    #expect(try chain(#"{"class_name": "Sequential", "config": [\#(layer)]}"#).input == [5])
  }

  private static func functional(_ nodes: String, outputs: String = #"["d", 0, 0]"#) -> String {
    #"{"class_name": "Functional", "config": {"layers": [{"class_name": "InputLayer", "name": "i", "#
      + #""config": {"batch_input_shape": [null, 3]}, "inbound_nodes": []}, {"class_name": "Dense", "name": "d", "#
      + #""config": {"units": 2}, "inbound_nodes": \#(nodes)}], "output_layers": \#(outputs)}}"#
  }

  @Test("a functional model that is a chain is read, as Keras 2 and Keras 3 write it")
  func functional() throws {
    let node = #"[{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["i", 0, 0]}}]}]"#
    for text in [Self.functional(#"[[["i", 0, 0, {}]]]"#, outputs: #"[["d", 0, 0]]"#), Self.functional(node)] {
      #expect(try chain(text).layers.map(\.className) == ["Dense"])
    }
  }

  static let refused: [(text: String, says: String)] = [
    (functional(#"[[["i", 0, 0, {}], ["i", 0, 0, {}]]]"#), "m.keras is no chain of layers: \"d\" takes \"i\", \"i\""),
    (functional(#"[]"#), "\"d\" takes no other's output"),
    (functional(#"[[["i", 0, 0, {}]]]"#, outputs: #"[["d", 0, 0], ["i", 0, 0]]"#), "gives out more"),
    (sequential(dense), "does not say how large an example is"), (sequential(), "not a list of layers"),
    (sequential(input, input, dense), "more than one input"), (sequential(input), "has no layers"),
    (#"{"class_name": "MyModel", "config": {"layers": [\#(dense)]}}"#, "a model of a class of its own, MyModel"),
    (sequential(input, #"{"class_name": "X", "config": {}, "registered_name": "mine>X"}"#), "its maker's own, mine>X"),
    (sequential(#"{"class_name": "InputLayer", "config": {"batch_shape": [null, null, 1]}}"#, dense), "[null, 1]"),
    (sequential(#"{"class_name": "InputLayer", "config": {"batch_shape": [null, 9e9]}}"#, dense), "extents from 1"),
    ("[]", "does not describe a model"),
  ]

  @Test("what is no chain is refused by what is wrong", arguments: refused)
  func isRefused(text: String, says: String) throws {
    let refusal = #expect(throws: Refusal.self) { _ = try chain(text) }
    #expect(refusal?.message.contains(says) == true, "\(refusal?.message ?? "")")
  }
}
