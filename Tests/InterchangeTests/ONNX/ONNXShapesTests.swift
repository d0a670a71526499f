import Engine
import Grammar
import Schemas
import Testing

@testable import Interchange

@Suite("Shapes of ONNX, read")
struct ONNXShapesTests {
  @Test("a reshape keeps the examples apart: a batch that is kept, free, or the graph's own", arguments: [
    ([0, 6, 2], nil), ([-1, 6, 2], nil), ([1, 6, 2], nil), ([2, 6, 2], 2), ([2, -1, 2], 2), ([0, -1, 2], 2),
  ] as [([Int], Int64?)])
  func batches(_ shape: [Int], _ batch: Int64?) throws {
    var graph = SmallGraph([3, 4]) { $0.add("Reshape", "node", constants: [$0.keep("shape", shape)]) }
    graph.batch = batch
    #expect(try graph.lines() == ["reshape 6 2"])
    #expect(try graph.outputs((0..<12).map(Float.init)) == (0..<12).map(Float.init))
  }

  @Test("a reshape that mixes the examples is refused, one of all in a row too", arguments: [
    ([2, 6, 2], nil), ([1, -1], nil), ([1, -1, 2], nil), ([-1, -1], nil), ([-2, 12], nil), ([1, 6, 2], 2),
    ([4, 2, 3], 2), ([24], 2), ([1, 24], 2), ([], 2),
  ] as [([Int], Int64?)])
  func mixed(_ shape: [Int], _ batch: Int64?) {
    var graph = SmallGraph([3, 4]) { $0.add("Reshape", "node", constants: [$0.keep("shape", shape)]) }
    graph.batch = batch
    let reason = shape.isEmpty ? "its shape is missing" : "it does not keep examples apart"
    #expect(graph.refusal() == "n.onnx: node 1 (node), Reshape, becomes no layer here: \(reason)")
  }

  @Test("a reshape to more numbers than an example has is refused", arguments: [[-1, 2, 3, 4], [0, 5, -1], [0, 13]])
  func others(_ shape: [Int]) {
    let graph = SmallGraph([3, 4]) { $0.add("Reshape", "node", constants: [$0.keep("shape", shape)]) }
    let reason = "its shape does not hold the 12 numbers of an example"
    #expect(graph.refusal() == "n.onnx: node 1 (node), Reshape, becomes no layer here: \(reason)")
  }

  @Test("several extents come back as they were written, whoever wrote them", arguments: ["Sumi", "another"])
  func views(producer: String) throws {
    for lines in [
      ["reshape 4 1 16", "flatten", "dense 3 softmax"],
      ["reshape 2 4 8", "activation relu", "reshape 4 2 8", "flatten", "dense 3"],
      ["reshape 4 1 16", "conv2d 2 1", "reshape 2 2 2", "flatten", "dense 2"],
    ] {
      #expect(try back([64], lines, producer) == lines, "\(lines)")
    }
  }

  @Test("data of several channels that are flattened keep their order in a file that was written here")
  func flattened() throws {
    let read = try reader([4, 8, 8], ["dense 2"], "Sumi")
    #expect(read.network.data == [4, 8, 8] && !read.takesChannelsFirst)
    // PyTorch's images look so.
    #expect(try reader([4, 8, 8], ["dense 2"], "pytorch").network.data == [8, 8, 4])
  }

  /// What is read of a network that is written.
  private func reader(_ data: Shape, _ lines: [String], _ producer: String) throws -> ONNXReader {
    var network = Network(data: data)
    for line in lines { try network.append(blank: try Layers.catalogue.value(of: line)) }
    let bytes = try ONNXModel.bytes(network, takesBytes: false, classes: [])
    var model = try Onnx_ModelProto(serializedBytes: bytes)
    model.producerName = producer
    return try ONNXReader(try model.serializedBytes(), path: "n.onnx")
  }

  private func back(_ data: Shape, _ lines: [String], _ producer: String) throws -> [String] {
    try reader(data, lines, producer).network.layers.map { Layers.catalogue.line($0) ?? $0.name }
  }

  @Test("an image is padded along the axes that a node says")
  func padding() throws {
    func padded(_ pads: [Int], _ axes: [Int]) -> SmallGraph {
      SmallGraph([2, 3, 4]) { graph in
        let constants = [graph.keep("pads", pads), "", graph.keep("axes", axes)]
        graph.add("Pad", "node", constants: constants)
      }
    }
    #expect(try padded([1, 2, 1, 2], [2, 3]).lines() == ["zeropadding2d 1x2"])
    #expect(try padded([1, 2, 1, 2], [-1, -2]).lines() == ["zeropadding2d 2x1"])
    for (pads, axes) in [([1, 1], [1]), ([1, 2, 1], [2, 3]), ([1, 1], [4]), ([1, 0], [2])] {
      let reason = "it pads other than an image, the same on both sides"
      #expect(padded(pads, axes).refusal()?.hasSuffix(reason) == true)
    }
  }

  @Test("axes of one number come and go", arguments: [
    ([3, 4], "Unsqueeze", [1], ["reshape 1 3 4"]), ([3, 4], "Unsqueeze", [-1, 1], ["reshape 1 3 4 1"]),
    ([3, 1, 4], "Squeeze", [2], ["reshape 3 4"]), ([3, 1, 1], "Squeeze", [-1, -2], ["flatten"]),
    ([1], "Squeeze", [1], ["activation linear"]),
  ])
  func ones(_ extents: [Int], _ type: String, _ axes: [Int], _ lines: [String]) throws {
    let graph = SmallGraph(extents) { $0.add(type, "node", constants: [$0.keep("axes", axes)]) }
    #expect(try graph.lines() == lines)
  }

  @Test("a sequence that a window of an image goes over keeps its channels in front")
  func sequence() throws {
    let graph = SmallGraph([2, 6]) { graph in
      graph.add("Unsqueeze", "image", constants: [graph.keep("axis", [3])])
      graph.add("AveragePool", "pool", [Onnx_AttributeProto("kernel_shape", [2, 1]), .init("strides", [2, 1])])
      graph.add("Squeeze", "steps", constants: ["axis"])
    }
    #expect(try graph.lines() == ["reshape 6 1 2", "avgpool2d 2x1", "reshape 3 2"])
    // Step by step, one of each channel.
    #expect(try graph.outputs([0, 10, 2, 20, 4, 30, 6, 40, 8, 50, 10, 60]) == [1, 15, 5, 35, 9, 55])
  }

  @Test("an image that gets its one channel by an axis needs no layer for it")
  func channel() throws {
    let graph = SmallGraph([8, 8]) { graph in
      graph.add("Unsqueeze", "image", constants: [graph.keep("axis", [1])])
      graph.add("Conv", "conv", constants: [graph.keep("kernel", [2, 1, 3, 3], .init(repeating: 1, count: 18))])
    }
    #expect(try graph.lines() == ["conv2d 2 3 use_bias=no"])
  }

  @Test("axes of one number that a mean leaves stand where the image was", arguments: [
    ([4, 5, 6], [2, 3], 1), ([5, 6, 4], [1, 2], 3),
  ])
  func kept(_ extents: [Int], _ axes: [Int], _ channels: Int) throws {
    func graph(softmax: Int, squeeze: [Int]) -> SmallGraph {
      SmallGraph(extents) { graph in
        graph.add("ReduceMean", "mean", [Onnx_AttributeProto("axes", axes)])
        graph.add("Softmax", "share", [Onnx_AttributeProto("axis", softmax)])
        graph.add("Squeeze", "row", constants: [graph.keep("axes", squeeze)])
      }
    }
    #expect(try graph(softmax: channels, squeeze: axes).lines() == ["globalavgpool2d", "activation softmax"])
    #expect(graph(softmax: channels, squeeze: [channels]).refusal()?.contains("its axes are not such of one") == true)
    #expect(graph(softmax: 2, squeeze: axes).refusal()?.contains("its axis 2 is not that of the channels") == true)
  }

  @Test("an axis in front of several channels, or the batch, does not move", arguments: [[1], [0]])
  func apart(_ axes: [Int]) {
    let graph = SmallGraph([2, 6]) { graph in
      graph.add("MaxPool", "pool", [Onnx_AttributeProto("kernel_shape", [2])])
      graph.add("Unsqueeze", "node", constants: [graph.keep("axis", axes)])
    }
    #expect(graph.refusal()?.hasPrefix("n.onnx: node 2 (node), Unsqueeze, becomes no layer here: it does not") == true)
  }

  @Test("mean, sum and extrema of a whole sequence are pools", arguments: [
    ("ReduceMean", ["globalavgpool1d"], [2, 6]), ("ReduceSum", ["globalavgpool1d", "rescaling 3"], [6, 18]),
    ("ReduceMax", ["globalmaxpool1d"], [3, 9]),
    ("ReduceMin", ["reshape 3 2", "rescaling -1", "globalmaxpool1d", "rescaling -1"], [1, 4]),
  ] as [(String, [String], [Float])])
  func reduced(_ type: String, _ lines: [String], _ outputs: [Float]) throws {
    let graph = SmallGraph([3, 2]) { $0.add(type, "node", [Onnx_AttributeProto("axes", [1]), .init("keepdims", 0)]) }
    #expect(try graph.lines() == lines)
    #expect(try graph.outputs([1, 4, 2, 5, 3, 9]) == outputs)
  }
}
