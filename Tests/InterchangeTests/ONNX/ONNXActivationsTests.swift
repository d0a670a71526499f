import Foundation
import Schemas
import Testing

@testable import Interchange

@Suite("Activations of ONNX, read")
struct ONNXActivationsTests {
  private static let numbers: [Float] = [-8, -2, -1, -0.3, 0, 0.4, 1, 2.5, 9]

  /// An operator with its attributes and the numbers that it takes besides, as layers of ours and as a formula.
  struct Case: Sendable, CustomStringConvertible {
    let type: String
    var attributes: [(name: String, value: Float)] = []
    var constants: [Float?] = []
    let lines: [String]
    let formula: @Sendable (Float) -> Float
    var description: String { "\(type) \(lines)" }

    var graph: SmallGraph {
      SmallGraph([numbers.count]) { graph in
        let names = constants.enumerated().map { place, value in
          value.map { graph.keep("c\(place)", [], [$0]) } ?? ""
        }
        graph.add(type, "node", constants: names, attributes.map { Onnx_AttributeProto($0.name, $0.value) })
      }
    }
  }

  static let cases: [Case] = [
    Case(type: "HardSigmoid", attributes: [("alpha", 1.0 / 6)], lines: ["activation hard_sigmoid"]) {
      min(max($0 / 6 + 0.5, 0), 1)
    },
    Case(type: "HardSigmoid", lines: ["rescaling 1.2", "activation hard_sigmoid"]) { min(max(0.2 * $0 + 0.5, 0), 1) },
    Case(type: "Selu", lines: ["activation selu"]) { 1.050701 * ($0 > 0 ? $0 : 1.673263 * (exp($0) - 1)) },
    Case(
      type: "Selu", attributes: [("alpha", 2), ("gamma", 3)], lines: ["activation elu alpha=2", "rescaling 3"]
    ) { 3 * ($0 > 0 ? $0 : 2 * (exp($0) - 1)) },
    Case(
      type: "Celu", attributes: [("alpha", 2)], lines: ["rescaling 0.5", "activation elu", "rescaling 2"]
    ) { max($0, 0) + min(0, 2 * (exp($0 / 2) - 1)) },
    Case(type: "Clip", constants: [0, 6], lines: ["rescaling 1 -3", "activation hard_sigmoid", "rescaling 6"]) {
      min(max($0, 0), 6)
    },
    Case(
      type: "Clip", attributes: [("min", -1), ("max", 2)],
      lines: ["rescaling 2 -1", "activation hard_sigmoid", "rescaling 3 -1"]
    ) { min(max($0, -1), 2) },
    Case(type: "Clip", constants: [0], lines: ["activation relu"]) { max($0, 0) },
    Case(type: "Clip", constants: [-1], lines: ["rescaling 1 1", "activation relu", "rescaling 1 -1"]) { max($0, -1) },
    Case(type: "Clip", constants: [nil, 2], lines: ["rescaling -1 2", "activation relu", "rescaling -1 2"]) {
      min($0, 2)
    },
    Case(
      type: "Clip", attributes: [("min", -.greatestFiniteMagnitude), ("max", .greatestFiniteMagnitude)],
      lines: ["activation linear"]
    ) { $0 },
    Case(type: "Max", constants: [0], lines: ["activation relu"]) { max($0, 0) },
    Case(type: "Min", constants: [1], lines: ["rescaling -1 1", "activation relu", "rescaling -1 1"]) { min($0, 1) },
    Case(type: "PRelu", constants: [0.25], lines: ["activation leaky_relu negative_slope=0.25"]) {
      $0 > 0 ? $0 : $0 / 4
    },
  ]

  @Test("an operator that is no activation of ours alone is one between two rescalings", arguments: cases)
  func rescaled(_ example: Case) throws {
    #expect(try example.graph.lines() == example.lines)
    let outputs = try example.graph.outputs(Self.numbers)
    for (x, y) in zip(Self.numbers, outputs) { #expect(abs(y - example.formula(x)) <= 1e-5, "\(x)") }
  }

  @Test("numbers near 0 keep their digits between the widest bounds that are read", arguments: [[-128, 128], [-128]])
  func wide(_ bounds: [Float]) throws {
    let numbers: [Float] = [0.001, 0.01, -0.3, 1, 127]
    let graph = SmallGraph([numbers.count]) { graph in
      graph.add("Clip", "node", constants: bounds.enumerated().map { graph.keep("c\($0)", [], [$1]) })
    }
    for (x, y) in zip(numbers, try graph.outputs(numbers)) { #expect(abs(y - x) <= 1e-5 * (1 + abs(x)), "\(x)") }
  }

  @Test("bounds too near to each other, and slopes that are missing, are refused for that")
  func near() {
    let clip = SmallGraph([2]) { graph in
      graph.add("Clip", "node", constants: [graph.keep("low", [], [0]), graph.keep("high", [], [1e-38])])
    }
    #expect(clip.refusal()?.hasSuffix("its numbers are too far apart for single precision") == true)
    let slopes = SmallGraph([2]) { graph in graph.add("PRelu", "node", constants: [graph.keep("slopes", [0], [])]) }
    #expect(slopes.refusal()?.hasSuffix("its slopes are missing") == true)
  }

  @Test("a bound that all numbers keep to is none, whatever lies on its other side")
  func unbound() throws {
    let graph = SmallGraph([2]) { graph in
      graph.add("Max", "node", constants: [graph.keep("bound", [], [-.infinity])])
    }
    #expect(try graph.outputs([1e30, -2]) == [1e30, -2])
  }

  @Test("the activation of a layer before it becomes that layer's own")
  func fused() throws {
    let graph = SmallGraph([2]) { graph in
      graph.add("Gemm", "product", constants: [graph.keep("matrix", [2, 1], [1, 2])])
      graph.add("Clip", "low", constants: [graph.keep("zero", [], [0])])
    }
    #expect(try graph.lines() == ["dense 1 relu use_bias=no"])
  }

  @Test("what none of ours does is refused by its reason", arguments: [
    ("PRelu", [[0.25, 0.5]], "its slopes differ, and leaky_relu has one"),
    ("Clip", [[2], [2]], "there is nothing between its bounds"), ("Clip", [[1, 2]], "its min is no number"),
    ("Clip", [[-65_504], [65_504]], "its bounds are too wide for single precision; expected -128 to 128"),
    ("Clip", [[.infinity]], "its bounds are too wide for single precision; expected -128 to 128"),
    ("Clip", [[0], [.nan]], "its bounds are too wide for single precision; expected -128 to 128"),
    ("Min", [[1e4]], "its bounds are too wide for single precision; expected -128 to 128"),
    ("Max", [[1, 2]], "it takes more than one number besides"),
  ] as [(String, [[Float]], String)])
  func refused(_ type: String, _ constants: [[Float]], _ reason: String) {
    let graph = SmallGraph([2]) { graph in
      let names = constants.enumerated().map { graph.keep("c\($0)", [$1.count], $1) }
      graph.add(type, "node", constants: names)
    }
    #expect(graph.refusal() == "n.onnx: node 1 (node), \(type), becomes no layer here: \(reason)")
  }

  @Test("softmax goes along the channels, also where these are in front")
  func softmax() throws {
    let graph = SmallGraph([2, 3]) { $0.add("Softmax", "node", [Onnx_AttributeProto("axis", 1)]) }
    #expect(try graph.read().takesChannelsFirst)
    #expect(try graph.lines() == ["activation softmax"])
    let last = SmallGraph([2, 3]) { $0.add("Softmax", "node", [Onnx_AttributeProto("axis", 2)]) }
    #expect(try !last.read().takesChannelsFirst)
    let batch = SmallGraph([2, 3]) { $0.add("Softmax", "node", [Onnx_AttributeProto("axis", 0)]) }
    #expect(batch.refusal()?.hasSuffix("its axis 0 is not that of the channels") == true)
  }
}
