import Schemas
import Testing

@testable import Interchange

@Suite("Where the channels of ONNX lie")
struct ONNXLayoutTests {
  /// A graph of one node behind a Relu, which does not ask where the channels are.
  private func graph(_ type: String, axes: [Int]? = nil, numbers: [Int]? = nil) -> SmallGraph {
    SmallGraph([4, 6]) { graph in
      graph.add("Relu", "bent")
      let count = numbers?.reduce(1, *) ?? 0
      let constants = numbers.map { [graph.keep("numbers", $0, [Float](repeating: 2, count: count))] } ?? []
      graph.add(type, "node", constants: constants, axes.map { [Onnx_AttributeProto("axes", $0)] } ?? [])
    }
  }

  @Test("means, and numbers for each channel, tell where the channels are", arguments: [
    ("ReduceMean", [2], nil, true), ("ReduceMean", [-1], nil, true), ("ReduceMean", [1], nil, false),
    ("Mul", nil, [4, 1], true), ("Mul", nil, [6], false), ("Mul", nil, [1], false), ("Unsqueeze", [1], nil, false),
  ] as [(String, [Int]?, [Int]?, Bool)])
  func found(_ type: String, _ axes: [Int]?, _ numbers: [Int]?, _ comesFirst: Bool) throws {
    let graph = graph(type, axes: axes, numbers: numbers)
    #expect(try graph.read().takesChannelsFirst == comesFirst)
  }

  @Test("of a square that has its channels in front it is told which side is which", arguments: [(6, true), (4, false)])
  func square(_ channels: Int, _ isTold: Bool) throws {
    let graph = SmallGraph([channels, 6]) { graph in
      graph.add("MaxPool", "pool", [Onnx_AttributeProto("kernel_shape", [2])])
    }
    let note = "its input is channels, then steps; here the rows of an example are steps, and the columns channels"
    #expect(try graph.read().notes == (isTold ? [note] : []))
  }

  @Test("before operator set 7 a node says where the axes of its constant begin")
  func beginnings() throws {
    var graph = graph("Mul", numbers: [4])
    graph.spoil = { model in
      model.opsetImport[0].version = 6
      model.graph.node[1].attribute = [Onnx_AttributeProto("broadcast", 1), Onnx_AttributeProto("axis", 1)]
    }
    #expect(try graph.read().takesChannelsFirst)
  }
}
