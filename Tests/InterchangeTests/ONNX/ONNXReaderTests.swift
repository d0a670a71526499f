import Engine
import FoundationEssentials
import Grammar
import Schemas
import SwiftProtobuf
import Testing

@testable import Interchange

@Suite("Models of ONNX, read")
struct ONNXReaderTests {
  /// A network with first weights, as it is typed.
  private static func network(_ lines: [String], data: Shape) throws -> Network {
    var (network, random) = (Network(data: data), Random(seed: 3))
    for line in lines { try network.append(try Layers.catalogue.value(of: line), random: &random) }
    return network
  }

  /// Networks whose layers come back as they were.
  static let networks: [(lines: [String], data: Shape)] = [
    (["dense 16 relu", "dense 10 softmax"], [28, 28]), (["dense 4 \"elu alpha=0.5\"", "dense 1"], [13]),
    (["conv2d 4 3 relu", "maxpool2d", "flatten", "dense 10 softmax"], [28, 28]),
    (["conv2d 4 5x3 strides=2 padding=same", "avgpool2d 3 strides=2 padding=same", "flatten", "dense 3"], [12, 11, 3]),
    (["depthwise_conv2d 3 relu depth_multiplier=2", "batchnorm", "globalavgpool2d", "dense 3"], [9, 9, 3]),
    (["conv1d 4 3 padding=causal", "maxpool1d 2", "globalmaxpool1d", "dense 2 sigmoid"], [16, 3]),
    (["zeropadding2d 2x1", "conv2d 2 3", "globalmaxpool2d", "dense 2"], [6, 6, 2]),
    (["dense 8", "batchnorm", "activation silu", "layernorm", "dense 3 gelu"], [5]),
    (["rescaling 2", "rescaling 1 -1", "dense 8 selu", "dense 4 hard_sigmoid", "dense 2 exponential use_bias=no"], [4]),
    (["reshape 4 4 1", "conv2d 2 3 softplus", "flatten", "dense 2 softsign"], [16]),
    (["activation leaky_relu negative_slope=0.1", "dense 3", "batchnorm", "activation elu alpha=0.5", "dense 2"], [4]),
    (["dense 5 tanh", "dense 4 leaky_relu", "dense 4 silu", "dense 2"], [3]),
  ]

  @Test("what is written comes back, layer by layer and number by number", arguments: networks)
  func roundTrip(_ lines: [String], _ data: Shape) throws {
    let network = try Self.network(lines, data: data)
    let read = try ONNXReader(try ONNXModel.bytes(network, takesBytes: false, classes: []), path: "n.onnx").network
    #expect(read.data == data)
    #expect(read.layers.map(\.name) == network.layers.map(\.name))
    #expect(read.output == network.output)
    let (one, other) = (try outputs(network), try outputs(read))
    for (a, b) in zip(one, other) { #expect(abs(a - b) <= 1e-5 * max(1, abs(a))) }
  }

  /// What a network makes of one example.
  private func outputs(_ network: Network) throws -> [Float] {
    var random = Random(seed: 5)
    let numbers = (0..<network.data.count).map { _ in Float(random.normal()) }
    let examples = Examples(shape: network.data, features: .floats(Floats(numbers)), targets: .classes([0], count: 1))
    return try LayerOutput(
      behind: network.layers.count, of: network, example: 0, in: examples, threads: Threads(count: 1)).values
  }

  @Test("a graph that takes bytes is read as one of numbers from 0 to 1, and the classes' names with it")
  func pixels() throws {
    let network = try Self.network(["conv2d 4 3 relu", "flatten", "dense 2 softmax"], data: [8, 8])
    let reader = try ONNXReader(
      try ONNXModel.bytes(network, takesBytes: true, classes: ["cat", "dog"]), path: "n.onnx")
    #expect(reader.network.layers.map(\.name) == ["conv2d", "flatten", "dense"])
    #expect(reader.classes == ["cat", "dog"])
  }

  /// A model of one dense layer, spoilt.
  private func spoilt(_ spoil: (inout Onnx_ModelProto) -> Void) throws -> [UInt8] {
    let network = try Self.network(["dense 2"], data: [3])
    var model = try Onnx_ModelProto(
      serializedBytes: try ONNXModel.bytes(network, takesBytes: false, classes: []))
    spoil(&model)
    return try model.serializedBytes()
  }

  @Test("a bad model is refused with what is wrong in it", arguments: [
    "external", "opset", "domain", "cycle", "huge", "branch", "unknown", "controls", "inputs",
    "twice", "shadow", "again", "none",
  ])
  func badModels(_ kind: String) throws {
    let says = [
      "external": "n.onnx: initializer 1.dense.kernel has its numbers in another file",
      "opset": "n.onnx uses operator set 99; expected 1 to 25", "domain": "n.onnx uses operators of com.example",
      "cycle": "n.onnx: node 1 (1.dense), Gemm, becomes no layer here: it does not go on from the node before it alone",
      "huge": "n.onnx: initializer 1.dense.kernel has a shape that nothing has",
      "branch": "n.onnx: node 2, Add, becomes no layer here: input is neither the value before it nor a constant",
      "unknown": "n.onnx: node 2, Loop, becomes no layer here: no layer does the same",
      "controls": "n.onnx: node 2 (\u{FFFD}[2J), \u{FFFD}X, becomes no layer here", "inputs": "n.onnx has 2 inputs",
      "twice": "n.onnx: two of its inputs or initializers have the same name",
      "shadow": "n.onnx: node 1, Constant, gives input, which is there already",
      "again": "n.onnx: node 2, Relu, gives output, which is there already",
      "none": "n.onnx: input input takes no examples; its batch is 0",
    ]
    let bytes = try spoilt { model in
      var node = Onnx_NodeProto()
      (node.opType, node.input, node.output) = ("Relu", ["output"], ["last"])
      // What the graph does not need is not looked at.
      if ["branch", "unknown", "controls"].contains(kind) { model.graph.output[0].name = "last" }
      switch kind {
      case "external": model.graph.initializer[0].dataLocation = .external
      case "opset": model.opsetImport[0].version = 99
      case "domain": model.opsetImport[0].domain = "com.example"
      case "cycle": model.graph.node[0].input[0] = "output"
      case "huge": model.graph.initializer[0].dims = [1 << 40, 1 << 40]
      case "branch":
        (node.opType, node.input) = ("Add", ["input", "output"])
        model.graph.node.append(node)
      case "unknown":
        node.opType = "Loop"
        model.graph.node.append(node)
      case "controls":
        (node.name, node.opType) = ("\u{1B}[2J", "\u{7}X")
        model.graph.node.append(node)
      case "twice": model.graph.initializer.append(model.graph.initializer[0])
      case "again":
        node.output = ["output"]
        model.graph.node.append(node)
      case "shadow":
        (node.opType, node.input, node.output) = ("Constant", [], ["input"])
        model.graph.node.insert(node, at: 0)
      case "none": model.graph.input[0].type.tensorType.shape.dim[0].dimValue = 0
      default:
        model.graph.input.append(model.graph.input[0])
        model.graph.input[1].name = "second"
      }
    }
    do throws(Refusal) {
      _ = try ONNXReader(bytes, path: "n.onnx")
      Issue.record("\(kind) is refused")
    } catch { #expect(error.message.hasPrefix(says[kind] ?? "?"), "\(error.message)") }
  }

  @Test("numbers of an unknown type, and operators of others, hinder nobody where no node takes them")
  func unused() throws {
    let bytes = try spoilt { model in
      var tensor = Onnx_TensorProto()
      (tensor.name, tensor.dataType) = ("words", Int32(Onnx_TensorProto.DataType.string.rawValue))
      model.graph.initializer.append(tensor)
      var set = Onnx_OperatorSetIdProto()
      (set.domain, set.version) = ("ai.onnx.ml", 3)
      model.opsetImport.insert(set, at: 0)
      model.metadataProps = [.with { ($0.key, $0.value) = ("classes", "cat\r\ndog") }]
    }
    let reader = try ONNXReader(bytes, path: "n.onnx")
    #expect(reader.network.layers.map(\.name) == ["dense"])
    #expect(reader.classes == ["cat", "dog"])
  }

  @Test("a model that is cut is refused wherever it is cut")
  func cutModels() throws {
    let bytes = try spoilt { _ in }
    for length in 0..<bytes.count {
      #expect(throws: Refusal.self) { try ONNXReader(Array(bytes.prefix(length)), path: "n.onnx") }
    }
  }
}
