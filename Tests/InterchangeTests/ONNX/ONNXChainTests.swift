import Schemas
import Testing

@testable import Interchange

@Suite("Graphs of ONNX as chains")
struct ONNXChainTests {
  private func graph(_ extents: [Int]) -> SmallGraph { SmallGraph(extents) { $0.add("Tanh", "node") } }

  @Test("examples have up to six axes, each of a known extent")
  func extents() throws {
    for extents in [[], [5], [2, 3, 4, 5, 6, 7]] {
      #expect(try graph(extents).read().network.data.extents == (extents.isEmpty ? [1] : extents))
    }
    for extents in [[0], [3, 0], [1 << 21], [2, 2, 2, 2, 2, 2, 2], [Int](repeating: 1 << 20, count: 4)] {
      #expect(graph(extents).refusal()?.hasPrefix("n.onnx: input x needs a batch and up to six extents") == true)
    }
  }

  @Test("a batch is a number of the graph's, or free")
  func batches() throws {
    var graph = graph([3])
    #expect(try graph.read().chain.input.batch == nil)
    graph.batch = 7
    #expect(try graph.read().chain.input.batch == 7)
  }

  @Test("the oldest operator sets are read")
  func sets() throws {
    var graph = graph([3])
    graph.spoil = { $0.opsetImport[0].version = 1 }
    #expect(try graph.lines() == ["activation tanh"])
    graph.spoil = { $0.opsetImport[0].version = 0 }
    #expect(graph.refusal() == "n.onnx uses operator set 0; expected 1 to 25")
  }
}
