import Schemas
import Testing

@testable import Interchange

@Suite("Operators of ONNX, read")
struct ONNXOperatorsTests {
  @Test("one number for each channel is a batchnorm's, the channels behind or in front", arguments: [
    ("Add", [-1, 12]), ("Sub", [3, 8]), ("Mul", [-2, 20]), ("Div", [-0.5, 5]),
  ] as [(String, [Float])])
  func channels(_ type: String, _ outputs: [Float]) throws {
    let behind = SmallGraph([1, 2]) { $0.add(type, "node", constants: [$0.keep("numbers", [2], [-2, 2])]) }
    let before = SmallGraph([2, 1]) { $0.add(type, "node", constants: [$0.keep("numbers", [2, 1], [-2, 2])]) }
    #expect(try before.read().takesChannelsFirst)
    for graph in [behind, before] {
      #expect(try graph.lines() == ["reshape 1 2", "batchnorm"])
      for (y, expected) in zip(try graph.outputs([1, 10]), outputs) { #expect(abs(y - expected) < 1e-5) }
      let note = "node 1 (\(type)) is a batchnorm here, which normalises once it is trained on"
      #expect(try graph.read().notes == [note])
    }
  }

  @Test("one number for each channel of an image is a kernel's of one pixel, and the next ones the same kernel's")
  func pixels() throws {
    let graph = SmallGraph([2, 1, 2]) { graph in
      graph.add("Sub", "centred", constants: [graph.keep("mean", [2, 1, 1], [1, 10])])
      graph.add("Div", "scaled", constants: [graph.keep("deviation", [1, 2, 1, 1], [2, 4])])
    }
    #expect(try graph.lines() == ["depthwise_conv2d 1"])
    #expect(try graph.outputs([5, 10, -1, 30]) == [2, 0, -1, 5])
    let note = "node 1 (Sub) is a depthwise_conv2d here, which learns once it is trained on"
    #expect(try graph.read().notes == [note])
  }

  @Test("numbers that are none, or would be divided by, are refused", arguments: [
    ("Add", .nan, "its number is nan"), ("Mul", -.infinity, "its number is -inf"), ("Div", 0, "it divides by 0.0"),
    ("Div", .leastNonzeroMagnitude, "it divides by 1e-45"),
  ] as [(String, Float, String)])
  func bad(_ type: String, _ number: Float, _ reason: String) {
    for shape in [[], [2]] {
      let values = [Float](repeating: number, count: shape.isEmpty ? 1 : 2)
      let graph = SmallGraph([2]) { $0.add(type, "node", constants: [$0.keep("number", shape, values)]) }
      #expect(graph.refusal()?.hasSuffix(reason) == true)
    }
  }

  @Test("before operator set 7, dropout and batchnorm trained where nothing was said")
  func oldTraining() throws {
    var dropout = SmallGraph([2]) { $0.add("Dropout", "node") }
    var norm = SmallGraph([2]) { graph in
      graph.add("BatchNormalization", "node", constants: (1...4).map { graph.keep("c\($0)", [2], [1, 1]) })
    }
    for version in [6, 7] as [Int64] {
      dropout.spoil = { $0.opsetImport[0].version = version }
      norm.spoil = { $0.opsetImport[0].version = version }
      let reasons = [dropout, norm].map { $0.refusal() }
      #expect(reasons.allSatisfy { $0?.hasSuffix("it is for training") ?? (version == 7) })
    }
    norm.spoil = { model in
      model.opsetImport[0].version = 6
      model.graph.node[0].attribute.append(.init("is_test", 1))
    }
    #expect(try norm.lines() == ["batchnorm epsilon=1e-05"])
  }

  @Test("before operator set 14, a batchnorm that gives its statistics trained")
  func statistics() throws {
    var norm = SmallGraph([2]) { graph in
      graph.add("BatchNormalization", "node", constants: (1...4).map { graph.keep("c\($0)", [2], [1, 1]) })
    }
    for (names, version, isRead) in [(["mean"], 13, false), ([""], 13, true), (["mean"], 14, true)] {
      norm.spoil = { model in
        model.opsetImport[0].version = Int64(version)
        model.graph.node[0].output += names
      }
      #expect((norm.refusal() == nil) == isRead, "\(names) \(version)")
    }
  }

  @Test("a number with more axes than the value is refused, as it would give the value more", arguments: [
    "Add", "Mul", "Max",
  ])
  func ranks(_ type: String) {
    let graph = SmallGraph([3]) { $0.add(type, "node", constants: [$0.keep("number", [1, 1, 1], [2])]) }
    #expect(graph.refusal()?.hasSuffix("its number has 3 axes, and the value before it 2") == true)
  }

  @Test("bytes that are only flattened go out as bytes")
  func flattenedBytes() throws {
    var graph = SmallGraph([2, 2]) { graph in
      graph.add("Cast", "floats", [Onnx_AttributeProto("to", Onnx_TensorProto.DataType.float.rawValue)])
      graph.add("Flatten", "row")
    }
    graph.type = .uint8
    #expect(try graph.lines() == ["flatten", "rescaling 255"])
  }

  @Test("a hundred nodes that learn are told in one note")
  func notes() throws {
    let graph = SmallGraph([2, 2, 2]) { graph in
      for step in 0..<100 {
        graph.add("Relu", "bent\(step)")
        graph.add("Mul", "scaled\(step)", constants: [graph.keep("factors\(step)", [2, 1, 1], [1, 2])])
      }
    }
    let note = "node 2 (Mul), as 99 more, is a depthwise_conv2d here, which learns once it is trained on"
    #expect(try graph.read().notes == [note])
  }

  @Test("nodes that the output does not need are not looked at")
  func dead() throws {
    let graph = SmallGraph([2]) { graph in
      graph.add("Acos", "aside", inputs: ["x"])
      graph.add("Relu", "last", inputs: ["x"])
    }
    #expect(try graph.lines() == ["activation relu"])
  }

  @Test(
    "numbers along several axes, or another than that of the channels, are refused", arguments: [[3, 1], [2, 3, 4]])
  func others(_ shape: [Int]) {
    let numbers = [Float](repeating: 2, count: shape.reduce(1, *))
    let graph = SmallGraph([2, 3, 4]) { $0.add("Mul", "node", constants: [$0.keep("numbers", shape, numbers)]) }
    #expect(graph.refusal()?.hasSuffix("it takes more than one number, or one for each channel, besides") == true)
  }

  @Test("what gives what it takes is no layer, and a graph of such alone a linear activation", arguments: [
    "Identity", "Max", "Min", "Mean", "Sum",
  ])
  func nothing(_ type: String) throws {
    #expect(try SmallGraph([2]) { $0.add(type, "node") }.lines() == ["activation linear"])
    let graph = SmallGraph([2]) { graph in
      graph.add(type, "node")
      graph.add("Neg", "negative")
    }
    #expect(try graph.lines() == ["rescaling -1"])
  }

  @Test("numbers of another precision are single ones here, whole ones are refused")
  func casts() throws {
    func cast(_ type: Onnx_TensorProto.DataType) -> SmallGraph {
      SmallGraph([2]) { $0.add("Cast", "node", [Onnx_AttributeProto("to", type.rawValue)]) }
    }
    for type in [Onnx_TensorProto.DataType.float, .double, .float16] {
      #expect(try cast(type).lines() == ["activation linear"])
      #expect(try cast(type).read().notes.isEmpty == (type != .float16))
      var graph = SmallGraph([2]) { $0.add("Relu", "node") }
      graph.type = type
      #expect(try graph.lines() == ["activation relu"])
      #expect(try graph.read().notes.isEmpty == (type == .float))
    }
    #expect(cast(.int32).refusal()?.hasSuffix("it makes something else of floats") == true)
  }

  @Test("a batch of single numbers has one each, and takes operators of single numbers alone")
  func lists() throws {
    let graph = SmallGraph([]) { $0.add("Tanh", "node") }
    #expect(try graph.read().network.data == [1])
    #expect(try graph.lines() == ["activation tanh"])
    let others = [("Softmax", "its input has no axis but that of the batch"), ("Acos", "no layer does the same")]
    for (type, reason) in others {
      #expect(SmallGraph([]) { $0.add(type, "node") }.refusal()?.hasSuffix(reason) == true)
    }
  }

  @Test("bytes that no node scales are those that the graph takes, from 0 to 255")
  func bytes() throws {
    var graph = SmallGraph([2]) { graph in
      graph.add("Div", "scaled", constants: [graph.keep("white", [], [255])])
      graph.add("Relu", "last")
    }
    graph.type = .uint8
    #expect(try graph.lines() == ["activation relu"])
    var raw = SmallGraph([2, 2]) { graph in
      graph.add("Flatten", "row")
      graph.add("Gemm", "product", constants: [graph.keep("matrix", [4, 1], [1, 0, 0, 1])])
    }
    raw.type = .uint8
    #expect(try raw.lines() == ["reshape 4", "rescaling 255", "dense 1 use_bias=no"])
    #expect(try raw.outputs([1, 0, 0, 0.2]) == [306])
  }

  @Test("a value that nothing takes is none")
  func unused() throws {
    var graph = SmallGraph([2]) { graph in
      graph.add("Dropout", "node")
      graph.add("Relu", "last")
    }
    graph.spoil = { $0.graph.node[0].output.append("mask") }
    #expect(try graph.lines() == ["dropout 0.5", "activation relu"])
    graph.spoil = { model in
      model.graph.node[0].output.append("mask")
      model.graph.node[1].input.append("mask")
    }
    #expect(graph.refusal()?.hasSuffix("it gives more than one value") == true)
  }
}
