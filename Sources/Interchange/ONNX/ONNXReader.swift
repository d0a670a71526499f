import Engine
import Grammar
import Schemas

/// Reads a model of ONNX as layers of ours: a chain of operators that these express.
///
/// Images have their channels in front of the other axes there, ours behind them: what lies between is turned.
package struct ONNXReader {
  /// The network, with the model's numbers.
  package private(set) var network: Network
  /// Whether the last value has its channels in front.
  package var isChannelsFirst: Bool
  package var classes: [String] { chain.classes }

  var chain: ONNXChain
  /// The name of the last value, and of the one before it.
  var (current, previous): (String, String)
  /// The extents that a row was flattened from with its channels in front; nil where its order is ours.
  var flattened: [Int]?
  /// Whether axes of one number follow the row, as global pools leave them there.
  var hasOnes = false
  /// The shape in front of the first layer, where that layer makes it by itself.
  var bridge: Shape?
  /// A layer that may still get its bias or its activation from the nodes behind it.
  var pending: PendingLayer?
  /// Where the walk stands.
  var index = 0

  /// A layer as it would be typed, with its numbers.
  struct PendingLayer {
    var words: [String]
    var activation: String?
    var named: [String]
    var values: [String: [Float]]
    var takesBias = false

    /// `dense 10 softmax use_bias=no`
    var line: String {
      // An activation alone takes its parameters as its own words, another layer as one.
      let isAlone = words == ["activation"]
      let activation = activation.map { [$0.contains(" ") && !isAlone ? "\"\($0)\"" : $0] } ?? []
      let isBare = values["kernel"] != nil && values["bias"] == nil
      return (words + activation + named + (isBare ? ["use_bias=no"] : [])).joined(separator: " ")
    }
  }

  /// - Throws: `Refusal` that names the node and its operator, where no layer of ours does the same.
  package init(_ bytes: [UInt8], path: String) throws(Refusal) {
    try self.init(try ONNXChain(bytes, path: path))
  }

  package init(_ chain: ONNXChain) throws(Refusal) {
    self.chain = chain
    (current, previous) = (chain.input.name, "")
    isChannelsFirst = ONNXReader.findsChannelsFirst(chain.nodes[...], chain.input.extents)
    network = Network(data: ONNXReader.data(chain.input.extents, isChannelsFirst: isChannelsFirst))
    while index < chain.nodes.count {
      try read(chain.nodes[index])
      index += 1
    }
    try flush()
    guard current == chain.output else {
      throw Refusal("\(chain.path): no node gives its output \(chain.output.shown)")
    }
    guard (flattened?.count ?? 0) < 2 else {
      throw Refusal("\(chain.path) ends in a row of channels first, an order that ours does not have")
    }
    guard !network.layers.isEmpty else { throw Refusal("\(chain.path) has no node that becomes a layer") }
  }

  /// The shape of the last value, as ours lie.
  var shape: Shape { network.layers.isEmpty ? bridge ?? network.data : network.output }

  private mutating func read(_ node: Onnx_NodeProto) throws(Refusal) {
    guard node.domain.isEmpty || node.domain == "ai.onnx" else { throw refusal(node, "it is of \(node.domain.shown)") }
    if node.opType == "Constant" { return try keep(node) }
    guard node.output.filter({ !$0.isEmpty }).count == 1 else { throw refusal(node, "it gives more than one value") }
    if try readWeighed(node) { return }
    guard let first = node.input.first, node.input.filter({ $0 == current }).count == 1 else {
      throw refusal(node, "it does not go on from the node before it alone")
    }
    for name in node.input where name != current && !name.isEmpty && chain.constants[name] == nil {
      throw refusal(node, "\(name.shown) is neither the value before it nor a constant")
    }
    guard first == current || ["Add", "Mul", "Sub"].contains(node.opType) else {
      throw refusal(node, "its first input is a constant")
    }
    try translate(node)
    (previous, current) = (current, node.output[0])
  }

  /// A value times its own sigmoid, which is `silu`.
  private mutating func readWeighed(_ node: Onnx_NodeProto) throws(Refusal) -> Bool {
    guard node.opType == "Mul", Set(node.input) == [previous, current], index > 0,
      chain.nodes[index - 1].opType == "Sigmoid"
    else { return false }
    if pending?.activation == "sigmoid" {
      pending?.activation = "silu"
    } else {
      throw refusal(node, "what it weighs is no layer that takes an activation")
    }
    (previous, current) = ("", node.output[0])
    return true
  }

  private mutating func keep(_ node: Onnx_NodeProto) throws(Refusal) {
    guard let name = node.output.first else { throw refusal(node, "it gives nothing") }
    if let value = node.attribute("value") {
      chain.keep(try ONNXTensor(value.t, what: "\(chain.path): constant \(name.shown)"), as: name)
    } else if let value = node.attribute("value_float") {
      chain.keep(ONNXTensor(shape: [], values: [value.f]), as: name)
    } else if let value = node.attribute("value_ints") {
      chain.keep(ONNXTensor(shape: [value.ints.count], values: value.ints.map { Float($0) }), as: name)
    } else {
      throw refusal(node, "its value is of a kind that is not read")
    }
  }

  /// Adds a layer as it would be typed.
  mutating func add(_ line: String, _ values: [String: [Float]] = [:]) throws(Refusal) {
    let layer: any Layer
    do throws(Misread) { layer = try Layers.catalogue.value(of: line) } catch {
      throw Refusal("\(chain.path): \(line) is no layer here: \(error.message)")
    }
    let first = network.tensors.count
    do throws(Refusal) { try network.append(blank: layer) } catch {
      throw Refusal("\(chain.path): \(line): \(error.message)", hint: error.hint)
    }
    for slot in network.tensors[first...] {
      guard let numbers = values[slot.weight.name], numbers.count == slot.count else {
        throw Refusal("\(chain.path): the numbers of \(line) are not as many as its \(slot.weight.name) has")
      }
      network[slot] = numbers
    }
    bridge = nil
  }

  /// Adds the layer that waits for what follows it.
  mutating func flush() throws(Refusal) {
    guard let layer = pending else { return }
    pending = nil
    try add(layer.line, layer.values)
    if layer.values["kernel"] != nil { flattened = nil }
  }

  func refusal(_ node: Onnx_NodeProto, _ why: String) -> Refusal {
    let name = node.name.isEmpty ? "\(index + 1)" : "\(index + 1) (\(node.name.shown))"
    return Refusal("\(chain.path): node \(name), \(node.opType.shown), becomes no layer here: \(why)")
  }
}

// MARK: Layout

extension ONNXReader {
  /// Whether a value has its channels in front, by the first node that asks which of its axes they are.
  static func findsChannelsFirst(_ nodes: ArraySlice<Onnx_NodeProto>, _ extents: [Int]) -> Bool {
    guard extents.count > 1 else { return false }
    for node in nodes {
      switch node.opType {
      case "Conv", "MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool", "BatchNormalization", "Pad":
        return true
      case "Transpose", "LayerNormalization", "Softmax": return false
      // A few channels before larger extents are PyTorch's images, where a kernel takes their order back.
      case "Flatten", "Reshape":
        let hasKernel = nodes.contains { ["Gemm", "MatMul"].contains($0.opType) }
        return hasKernel && extents.count == 3 && extents[0] <= 4 && extents[2] > 4
      default: continue
      }
    }
    return false
  }

  /// The shape of our data; one channel is no axis of its own there.
  private static func data(_ extents: [Int], isChannelsFirst: Bool) -> Shape {
    guard isChannelsFirst, let channels = extents.first else { return Shape(extents) }
    let rest = Array(extents.dropFirst())
    return Shape(channels == 1 ? rest : rest + [channels])
  }
}
