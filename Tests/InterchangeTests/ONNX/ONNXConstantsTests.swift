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
}
