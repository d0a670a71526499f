import Schemas
import Testing

@testable import Interchange

@Suite("Shapes that a graph of ONNX works out, read")
struct ONNXSizesTests {
  /// A reshape to what nodes make of the shape of a value.
  private func graph(
    _ extents: [Int], from value: String = "x", allowsZero: Bool = false, _ build: (inout ONNXGraph) -> Void
  ) -> SmallGraph {
    SmallGraph(extents) { graph in
      graph.add("Shape", "shape", inputs: [value])
      build(&graph)
      let attributes = allowsZero ? [Onnx_AttributeProto("allowzero", 1)] : []
      graph.add("Reshape", "view", inputs: ["x", graph.current], attributes)
    }
  }

  /// The batch by its place, as a list of one.
  private func addBatch(_ graph: inout ONNXGraph) {
    let place = graph.keep("place", [0])
    graph.add("Gather", "batch", constants: [place])
  }

  @Test("x.view(x.size(0), -1) as PyTorch wrote it gives a row", arguments: [nil, 4] as [Int64?])
  func oldView(_ batch: Int64?) throws {
    var graph = graph([3, 4]) { graph in
      addBatch(&graph)
      graph.add("Squeeze", "scalar")
      graph.add("Unsqueeze", "list", constants: [graph.keep("axis", [0])])
      graph.add("Concat", "both", constants: [graph.keep("rest", [-1])])
    }
    graph.batch = batch
    #expect(try graph.lines() == ["flatten"])
    #expect(try graph.outputs((0..<12).map(Float.init)) == (0..<12).map(Float.init))
  }

  @Test("the batch as a part of a shape goes before extents, where 0 is no copy too")
  func newView() throws {
    let slices: [(inout ONNXGraph) -> Void] = [
      { $0.add("Slice", "part", constants: [$0.keep("start", [0]), $0.keep("end", [1])]) },
      { $0.add("Slice", "part", [Onnx_AttributeProto("starts", [0]), .init("ends", [-2])]) },
      { graph in
        addBatch(&graph)
        graph.add("Cast", "part", [Onnx_AttributeProto("to", Onnx_TensorProto.DataType.int64.rawValue)])
      },
    ]
    for slice in slices {
      let graph = graph([3, 4], allowsZero: true) { graph in
        slice(&graph)
        graph.add("Concat", "both", constants: [graph.keep("rest", [6, 2])])
      }
      #expect(try graph.lines() == ["reshape 6 2"])
    }
  }

  @Test("extents are multiplied, those of the value that the graph takes too")
  func products() throws {
    let graph = SmallGraph([3, 4, 2]) { graph in
      graph.add("Relu", "first")
      let value = graph.current
      graph.add("Shape", "shape", inputs: ["x"], [Onnx_AttributeProto("start", 2), .init("end", -1)])
      graph.add("Mul", "product", constants: [graph.keep("two", [2])])
      graph.add("Concat", "all", inputs: [graph.keep("free", [-1]), graph.keep("three", [3]), graph.current])
      graph.add("Reshape", "view", inputs: [value, graph.current])
    }
    #expect(try graph.lines() == ["activation relu", "reshape 3 8"])
  }

  @Test("a shape that keeps no examples apart, or of which something else is made, is refused")
  func others() {
    let mixed = graph([3, 4]) { graph in
      addBatch(&graph)
      graph.add("Concat", "both", inputs: [graph.keep("rest", [-1]), graph.current])
    }
    #expect(mixed.refusal()?.hasSuffix("it does not keep examples apart") == true)
    let typed = graph([3, 4]) { graph in
      graph.add("Slice", "part", constants: [graph.keep("start", [1]), graph.keep("end", [2])])
      graph.add("Concat", "both", inputs: [graph.keep("batch", [-2]), graph.current])
    }
    #expect(typed.refusal()?.hasSuffix("what it makes of a shape is not worked out") == true)
    for type in ["Add", "Div", "Range", "Mul"] {
      let graph = graph([3, 4]) { graph in
        addBatch(&graph)
        graph.add(type, "node", constants: [graph.keep("two", [2])])
      }
      let reason = "\(type), becomes no layer here: what it makes of a shape is not worked out"
      #expect(graph.refusal()?.hasSuffix(reason) == true)
    }
  }

  @Test("a shape that grows without end is refused, and so is the batch as a place", arguments: ["Concat", "Gather"])
  func bombs(_ type: String) {
    let grown = graph([3, 4]) { graph in
      for step in 0..<60 {
        graph.add(type, "step\(step)", inputs: [graph.current, graph.current])
      }
    }
    #expect(grown.refusal()?.hasSuffix("what it makes of a shape is not worked out") == true)
  }

  @Test("a shape that goes through numbers of 32 bits stays one")
  func narrow() throws {
    let graph = graph([3, 4]) { graph in
      graph.add("Cast", "narrow", [Onnx_AttributeProto("to", Onnx_TensorProto.DataType.int32.rawValue)])
      graph.add("Slice", "part", constants: [graph.keep("start", [0]), graph.keep("end", [1])])
      graph.add("Concat", "both", constants: [graph.keep("rest", [-1])])
    }
    #expect(try graph.lines() == ["flatten"])
  }

  @Test("places outside of a shape are refused, and bounds outside of it cut", arguments: [3, -4, Int.max, Int.min])
  func outside(_ place: Int) {
    let gathered = graph([3, 4]) { graph in
      graph.add("Gather", "part", constants: [graph.keep("place", [place])])
    }
    #expect(gathered.refusal()?.hasSuffix("what it makes of a shape is not worked out") == true)
    let cut = graph([3, 4]) { graph in
      graph.add("Slice", "part", constants: [graph.keep("start", [place]), graph.keep("end", [Int.max])])
    }
    // [4] behind place 1, [] behind the end, and all from before the beginning.
    #expect(cut.refusal()?.contains("Reshape, becomes no layer here: ") ?? (place < 0))
  }
}
