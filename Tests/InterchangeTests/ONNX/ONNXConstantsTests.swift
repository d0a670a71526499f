import Schemas
import Testing

@testable import Interchange

@Suite("Constants of ONNX, read")
struct ONNXConstantsTests {
  @Test("a matrix that nodes turn before it is used is a constant")
  func turned() throws {
    let graph = SmallGraph([3]) { graph in
      let matrix = graph.keep("matrix", [2, 3], [1, 2, 3, 4, 5, 6])
      graph.add("Transpose", "turned", inputs: [matrix], [Onnx_AttributeProto("perm", [1, 0])])
      graph.add("Identity", "same", inputs: ["turned.output"])
      graph.add("MatMul", "product", inputs: ["x", "same.output"])
    }
    #expect(try graph.lines() == ["dense 2 use_bias=no"])
    #expect(try graph.outputs([1, 1, 1]) == [6, 15])
  }

  @Test("axes that are no order are refused by node")
  func orders() {
    let graph = SmallGraph([3]) { graph in
      let matrix = graph.keep("matrix", [2, 3], [1, 2, 3, 4, 5, 6])
      graph.add("Transpose", "turned", inputs: [matrix], [Onnx_AttributeProto("perm", [1, 1])])
      graph.add("MatMul", "product", inputs: ["x", "turned.output"])
    }
    #expect(
      graph.refusal() == "n.onnx: node 1 (turned), Transpose, becomes no layer here: its order of axes is none")
  }

  @Test("a matrix that comes in other extents, or precision, is the same constant", arguments: [
    "Reshape", "Squeeze", "Cast",
  ])
  func shaped(_ type: String) throws {
    let graph = SmallGraph([3]) { graph in
      let shapes = ["Reshape": [6], "Squeeze": [1, 3, 2, 1]]
      let matrix = graph.keep("matrix", shapes[type] ?? [3, 2], [1, 4, 2, 5, 3, 6])
      switch type {
      case "Reshape": graph.add(type, "node", inputs: [matrix, graph.keep("shape", [3, -1])])
      case "Squeeze": graph.add(type, "node", inputs: [matrix, graph.keep("axes", [0, -1])])
      default:
        graph.add(type, "node", inputs: [matrix], [.init("to", Onnx_TensorProto.DataType.float16.rawValue)])
      }
      graph.add("MatMul", "product", inputs: ["x", graph.current])
    }
    #expect(try graph.outputs([1, 1, 1]) == [6, 15])
  }

  @Test("extents that a constant has not are refused, and so are digits that would be cut")
  func unfit() {
    let reshaped = SmallGraph([3]) { graph in
      graph.add("Reshape", "node", inputs: [graph.keep("matrix", [4], [1, 2, 3, 4]), graph.keep("shape", [3, -1])])
      graph.add("MatMul", "product", inputs: ["x", graph.current])
    }
    let reason = "Reshape, becomes no layer here: its shape is none that the constant has"
    #expect(reshaped.refusal()?.hasSuffix(reason) == true)
    let cut = SmallGraph([3]) { graph in
      let type = Onnx_TensorProto.DataType.int64.rawValue
      graph.add("Cast", "node", inputs: [graph.keep("number", [], [1.5])], [.init("to", type)])
      graph.add("Mul", "product", inputs: ["x", graph.current])
    }
    #expect(cut.refusal()?.hasSuffix("it cuts digits of a constant") == true)
  }
}
