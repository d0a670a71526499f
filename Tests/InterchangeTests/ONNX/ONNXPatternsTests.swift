import Foundation
import Schemas
import Testing

@testable import Interchange

@Suite("Activations that ONNX writes out, read")
struct ONNXPatternsTests {
  /// e^(x − max x) / Σ e^(x − max x), its sum along an axis of its own.
  private func softmax(_ extents: [Int], along axis: Int, sum: Int) -> SmallGraph {
    SmallGraph(extents) { graph in
      graph.add("ReduceMax", "max", [Onnx_AttributeProto("axes", [axis])])
      graph.add("Sub", "less", inputs: ["x", "max.output"])
      graph.add("Exp", "power")
      graph.add("ReduceSum", "sum", constants: [graph.keep("axes", [sum])])
      graph.add("Div", "share", inputs: ["power.output", "sum.output"])
    }
  }

  @Test("a softmax in its steps is one, along the last axis or that of the channels")
  func softmaxes() throws {
    let graph = softmax([3], along: -1, sum: -1)
    #expect(try graph.lines() == ["activation softmax"])
    let (outputs, whole) = (try graph.outputs([1, 2, 4]), exp(Float(1)) + exp(2) + exp(4))
    for (y, x) in zip(outputs, [1, 2, 4] as [Float]) { #expect(abs(y - exp(x) / whole) < 1e-6) }
    #expect(try softmax([4, 3], along: 1, sum: 1).read().takesChannelsFirst)
    #expect(try softmax([4, 3], along: 1, sum: -2).read().takesChannelsFirst)
    #expect(try softmax([3], along: -1, sum: 1).lines() == ["activation softmax"])
  }

  @Test("steps along different axes are no softmax")
  func others() {
    #expect(softmax([4, 3], along: 2, sum: -2).refusal() != nil)
    #expect(softmax([4, 3], along: 2, sum: 1).refusal()?.contains("node 2 (less), Sub, becomes no layer here") == true)
  }

  /// x·(erf(x / √2) + 1)·half, with its constants as nodes between the others.
  private func gelu(half: Float) -> SmallGraph {
    SmallGraph([3]) { graph in
      graph.add("Div", "scaled", constants: [graph.keep("root", [], [Float(2).squareRoot()])])
      graph.add("Erf", "erf")
      graph.add("Add", "moved", constants: [graph.keep("one", [], [1])])
      graph.add("Mul", "weighed", inputs: ["x", graph.current])
      graph.add("Mul", "halved", constants: [graph.keep("half", [], [half])])
    }
  }

  @Test("a gelu in PyTorch's steps is one")
  func gelus() throws {
    #expect(try gelu(half: 0.5).lines() == ["activation gelu"])
    let outputs = try gelu(half: 0.5).outputs([-1, 0, 2])
    for (y, x) in zip(outputs, [-1, 0, 2] as [Float]) {
      #expect(abs(y - x * (erf(x / Float(2).squareRoot()) + 1) / 2) < 1e-6)
    }
    #expect(gelu(half: 0.25).refusal()?.contains("node 2 (erf), Erf, becomes no layer here") == true)
  }

  @Test("a value times its own sigmoid is silu")
  func silu() throws {
    let graph = SmallGraph([3]) { graph in
      graph.add("Sigmoid", "share")
      graph.add("Mul", "weighed", inputs: ["x", graph.current])
    }
    #expect(try graph.lines() == ["activation silu"])
  }
}
