import Engine
import FoundationEssentials
import Grammar
import Schemas
import SwiftProtobuf

/// Writes a network as a model of ONNX, operator set 20, which predicts; its batch is free.
public struct ONNXModel {
  /// Messages of protobuf have fewer bytes than this.
  private static let limit = Int(Int32.max) - (1 << 20)
  private static let operators = 20
  /// Who is said to have made the file.
  static let producer = "Sumi"

  private let network: Network
  private var graph = ONNXGraph(input: "input")
  /// Whether the last node gives its channels in front of the other axes.
  private var isChannelsFirst = false

  /// The bytes of the file.
  /// - Parameters:
  ///   - takesBytes: whether pixels come as bytes from 0 to 255, and the graph makes 0 to 1 of them.
  ///   - classes: what the outputs are called; none where they are values.
  /// - Throws: `Refusal` that names a layer which ONNX does not have, or when the weights are too many.
  public static func bytes(_ network: Network, takesBytes: Bool, classes: [String]) throws(Refusal) -> [UInt8] {
    let size = network.parameters.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !size.overflow, size.partialValue < limit else {
      throw Refusal("a model of ONNX holds at most 2 GB, and these weights are more", hint: "save model m.safetensors")
    }
    var writer = ONNXModel(network: network)
    try writer.write(takesBytes: takesBytes)
    var model = Onnx_ModelProto()
    (model.irVersion, model.producerName) = (9, producer)
    var operators = Onnx_OperatorSetIdProto()
    operators.version = Int64(ONNXModel.operators)
    model.opsetImport = [operators]
    model.graph = writer.graph.finished(
      name: "network", input: ("input", takesBytes ? .uint8 : .float, network.data.extents),
      output: ("output", network.output.extents))
    var names = Onnx_StringStringEntryProto()
    (names.key, names.value) = ("classes", classes.joined(separator: "\n"))
    if !classes.isEmpty { model.metadataProps = [names] }
    do { return Array(try model.serializedData()) } catch {
      throw Refusal("the model could not be written as ONNX: \(error)")
    }
  }

  /// Whether a layer does nothing where a network predicts.
  public static func isTrainingOnly(_ layer: String) -> Bool { ONNXNames.trainingOnly.contains(layer) }

  private init(network: Network) { self.network = network }

  private mutating func write(takesBytes: Bool) throws(Refusal) {
    if takesBytes {
      graph.add("Cast", "pixels", [Onnx_AttributeProto("to", Onnx_TensorProto.DataType.float.rawValue)])
      graph.add("Div", "scaled", constants: [graph.keep("white", [], [255])])
    }
    if let first = network.shapes.first, first != network.data { reshape("bridge", to: first) }
    for index in network.layers.indices { try write(network.layers[index], at: index) }
    channelsLast(network.output.rank, "output")
    // A graph of views alone has no node to name the output.
    if graph.current == "input" { graph.add("Identity", "same") }
  }

  private mutating func write(_ layer: any Layer, at index: Int) throws(Refusal) {
    guard let spelling = Layers.catalogue.spelling(layer) else { throw ONNXNames.refusal(layer.name) }
    let node = ONNXNode(
      name: "\(index + 1).\(spelling.name)", spelling: spelling, input: network.shapes[index],
      output: network.shapes[index + 1], slots: network.tensors.filter { $0.layer == index })
    switch spelling.name {
    case "dense": dense(node)
    case "conv2d", "depthwise_conv2d", "conv1d": convolution(node)
    case "maxpool2d", "maxpool1d", "avgpool2d", "avgpool1d": pool(node)
    case "globalmaxpool2d", "globalavgpool2d", "globalmaxpool1d", "globalavgpool1d":
      channelsFirst(node.input.rank, node.name)
      graph.add(spelling.name.hasPrefix("globalmax") ? "GlobalMaxPool" : "GlobalAveragePool", node.name)
      isChannelsFirst = false
      graph.add("Flatten", "\(node.name).row")
    case "flatten":
      channelsLast(node.input.rank, node.name)
      graph.add("Flatten", node.name)
    case "reshape":
      channelsLast(node.input.rank, node.name)
      reshape(node.name, to: node.output)
    case "zeropadding2d": pad(node)
    case "batchnorm": batchNorm(node)
    case "layernorm": layerNorm(node)
    case "rescaling": rescale(node)
    case "activation": break
    default: guard ONNXNames.trainingOnly.contains(spelling.name) else { throw ONNXNames.refusal(spelling.name) }
    }
    try activate(layer.activation, node)
  }
}

/// A layer on its way into a graph.
private struct ONNXNode {
  let name: String
  let spelling: Spelling
  let input: Shape
  let output: Shape
  let slots: [WeightSlot]

  /// The tensor of a name.
  func slot(_ name: String) -> WeightSlot? { slots.first { $0.weight.name == name } }

  var bias: WeightSlot? { slot("bias") }

  /// A number of a parameter.
  func number(_ parameter: String, _ other: Double) -> Float {
    Float(spelling[parameter].flatMap(Double.init) ?? other)
  }
}

// MARK: Shapes

extension ONNXModel {
  /// Puts the channels in front of the other axes, where they are not yet.
  private mutating func channelsFirst(_ rank: Int, _ name: String) {
    guard !isChannelsFirst, rank > 1 else { return }
    isChannelsFirst = true
    graph.add("Transpose", "\(name).channels_first", [Onnx_AttributeProto("perm", [0, rank] + (1..<rank))])
  }

  /// Puts the channels behind the other axes again, as our numbers lie.
  private mutating func channelsLast(_ rank: Int, _ name: String) {
    guard isChannelsFirst else { return }
    isChannelsFirst = false
    guard rank > 1 else { return }
    graph.add("Transpose", "\(name).channels_last", [Onnx_AttributeProto("perm", [0] + (2...rank) + [1])])
  }

  private mutating func reshape(_ name: String, to shape: Shape) {
    let extents = graph.keep("\(name).shape", [-1] + shape.extents)
    graph.add("Reshape", name, constants: [extents])
  }

  private mutating func pad(_ node: ONNXNode) {
    let pair = WindowSides.extents(node.spelling["padding"], 2)
    channelsFirst(node.input.rank, node.name)
    let sides = graph.keep("\(node.name).sides", [0, 0, pair[0], pair[1], 0, 0, pair[0], pair[1]])
    graph.add("Pad", node.name, constants: [sides])
  }

  private mutating func rescale(_ node: ONNXNode) {
    let (scale, offset) = (node.number("scale", 1), node.number("offset", 0))
    if scale != 1 || offset == 0 {
      graph.add("Mul", node.name, constants: [graph.keep("\(node.name).scale", [], [scale])])
    }
    guard offset != 0 else { return }
    graph.add("Add", "\(node.name).shifted", constants: [graph.keep("\(node.name).offset", [], [offset])])
  }
}

// MARK: Kernels

extension ONNXModel {
  /// A tensor as it lies.
  private mutating func keep(_ slot: WeightSlot) -> String {
    graph.keep(slot.name, slot.weight.shape.extents, network[slot])
  }

  private mutating func dense(_ node: ONNXNode) {
    graph.add("Gemm", node.name, constants: node.slots.map { keep($0) })
  }

  private mutating func convolution(_ node: ONNXNode) {
    guard let kernel = node.slots.first else { return }
    let rank = node.input.rank - 1
    channelsFirst(node.input.rank, node.name)
    let isDepthwise = node.spelling.name == "depthwise_conv2d"
    // [kh, kw, in, out] → [out, in, kh, kw]; depthwise [kh, kw, in, m] → [in·m, 1, kh, kw]
    let axes = (isDepthwise ? [rank, rank + 1] : [rank + 1, rank]) + (0..<rank)
    let size = WindowSides.extents(node.spelling["kernel"], rank)
    let weights = graph.keep(
      kernel.name, [node.output.last, isDepthwise ? 1 : node.input.last] + size,
      Transposition(kernel.weight.shape.extents, axes).apply(network[kernel]))
    let bias = node.bias.map { [keep($0)] } ?? []
    var attributes = window(node, size: size, dilation: WindowSides.extents(node.spelling["dilation"], rank))
    attributes.append(Onnx_AttributeProto("group", isDepthwise ? node.input.last : 1))
    graph.add("Conv", node.name, constants: [weights] + bias, attributes)
  }

  private mutating func pool(_ node: ONNXNode) {
    let rank = node.input.rank - 1
    channelsFirst(node.input.rank, node.name)
    let size = WindowSides.extents(node.spelling["pool_size"], rank)
    let attributes = window(node, size: size, dilation: nil)
    graph.add(node.spelling.name.hasPrefix("max") ? "MaxPool" : "AveragePool", node.name, attributes)
  }

  /// Size, strides, dilation and padding of a window.
  private func window(_ node: ONNXNode, size: [Int], dilation: [Int]?) -> [Onnx_AttributeProto] {
    let strides = node.spelling["strides"].map { WindowSides.extents($0, size.count) } ?? size
    let reach = zip(size, dilation ?? size.map { _ in 1 }).map { ($0 - 1) * $1 + 1 }
    let sides = WindowSides(node.spelling["padding"] ?? "valid", node.input, reach: reach, strides: strides).sides
    return [
      Onnx_AttributeProto("kernel_shape", size), Onnx_AttributeProto("strides", strides),
      Onnx_AttributeProto("pads", sides.map(\.0) + sides.map(\.1)),
    ] + (dilation.map { [Onnx_AttributeProto("dilations", $0)] } ?? [])
  }
}

// MARK: Norms and activations

extension ONNXModel {
  /// A tensor of a norm, or what it begins with where there is none.
  private mutating func keep(_ node: ONNXNode, _ name: String, _ start: Float) -> String {
    if let slot = node.slot(name) { return keep(slot) }
    let width = node.input.last
    return graph.keep("\(node.name).\(name)", [width], [Float](repeating: start, count: width))
  }

  private mutating func batchNorm(_ node: ONNXNode) {
    channelsFirst(node.input.rank, node.name)
    let constants = [
      keep(node, "gamma", 1), keep(node, "beta", 0), keep(node, "moving_mean", 0), keep(node, "moving_variance", 1),
    ]
    graph.add(
      "BatchNormalization", node.name, constants: constants,
      [Onnx_AttributeProto("epsilon", node.number("epsilon", 1e-3))])
  }

  private mutating func layerNorm(_ node: ONNXNode) {
    channelsLast(node.input.rank, node.name)
    graph.add(
      "LayerNormalization", node.name, constants: [keep(node, "gamma", 1), keep(node, "beta", 0)],
      [Onnx_AttributeProto("epsilon", node.number("epsilon", 1e-3)), Onnx_AttributeProto("axis", -1)])
  }

  private mutating func activate(_ activation: any Activation, _ node: ONNXNode) throws(Refusal) {
    let spelling = Activations.catalogue.spelling(activation)
    guard let operation = ONNXNames.activations[activation.name] else { throw ONNXNames.refusal(activation.name) }
    if activation.name == "linear" { return }
    var attributes = operation.attributes.map { Onnx_AttributeProto($0.0, $0.1) }
    switch activation.name {
    case "leaky_relu", "elu":
      let value = spelling?.entries.first?.words.first.flatMap(Float.init)
      attributes.append(Onnx_AttributeProto("alpha", value ?? 1))
    case "softmax": attributes.append(Onnx_AttributeProto("axis", isChannelsFirst ? 1 : -1))
    default: break
    }
    let before = graph.current
    graph.add(operation.type, "\(node.name).\(activation.name)", attributes)
    if activation.name == "silu" {
      graph.add("Mul", "\(node.name).weighed", inputs: [before, graph.current])
    }
  }
}
