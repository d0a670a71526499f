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
  package var isChannelsFirst = false
  package var classes: [String] { chain.classes }
  /// Whether the graph takes bytes; the network takes 0 to 1 in their place.
  package var takesBytes: Bool { chain.input.isBytes }
  /// What is otherwise here than there, to be told.
  package var notes: [String] = []
  /// Whether the graph's input has its channels in front.
  package private(set) var takesChannelsFirst = false

  var chain: ONNXChain
  /// The nodes of the chain, without those that only make constants.
  private(set) var nodes: [Onnx_NodeProto] = []
  /// The name of the last value, and of the one before it.
  var (current, previous): (String, String)
  /// The extents that a row was flattened from with its channels in front; nil where its order is ours.
  var flattened: [Int]?
  /// How many axes of one number stand in front of the row and behind it there, as global pools leave them.
  var ones = (front: 0, back: 0)
  /// The shape in front of the first layer, where that layer makes it by itself.
  var bridge: Shape?
  /// Shapes that nodes work out of those of values, by their names; `batchSize` stands for how many examples there are.
  var sizes: [String: ONNXTensor] = [:]
  /// Nodes that became layers which learn, and such which normalise, once they are trained on.
  var (learning, normalising): ([String], [String]) = ([], [])
  /// Whether bytes came in, which stand for 0 to 1 here, and no node has scaled them yet.
  var isRaw = false
  /// A layer that may still get its bias or its activation from the nodes behind it.
  var pending: PendingLayer?
  /// Where the walk stands among the nodes.
  var index = 0
  /// Where each of them stands in the file.
  private(set) var places: [Int] = []

  /// A layer as it would be typed, with its numbers.
  struct PendingLayer {
    /// Where its node stands.
    let index: Int
    var words: [String]
    var activation: String?
    var named: [String]
    var values: [String: [Float]]
    /// How many outputs a kernel makes, and along which of so many axes they lie there.
    var outputs: (count: Int, axis: Int, rank: Int)?

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
    network = Network(data: Shape(chain.input.extents))
    notes = chain.input.precision.map { ["it computes in \($0) there, and in single precision here"] } ?? []
    for (place, node) in chain.nodes {
      index = nodes.count
      places.append(place)
      if try keep(node) { places.removeLast() } else { nodes.append(node) }
    }
    takesChannelsFirst = findsChannelsFirst(from: 0, chain.input.extents)
    isChannelsFirst = takesChannelsFirst
    tellSides()
    network = Network(data: ONNXReader.data(chain.input.extents, isChannelsFirst: isChannelsFirst))
    (index, isRaw) = (0, chain.input.isBytes)
    while index < nodes.count {
      try read(nodes[index])
      index += 1
    }
    try finish()
  }

  private mutating func finish() throws(Refusal) {
    try flush()
    guard current == chain.output else {
      throw Refusal("\(chain.path): no node gives its output \(chain.output.shown)")
    }
    guard (flattened?.count ?? 0) < 2 else {
      throw Refusal("\(chain.path) ends in a row of channels first, an order that ours does not have")
    }
    tell(learning, "is a depthwise_conv2d here, which learns once it is trained on")
    tell(normalising, "is a batchnorm here, which normalises once it is trained on")
    index = max(0, nodes.count - 1)
    if isRaw, !network.layers.isEmpty {
      isRaw = false
      try add("rescaling 255")
    }
    guard network.layers.isEmpty else { return }
    guard isChannelsFirst == takesChannelsFirst, !nodes.isEmpty else {
      throw Refusal("\(chain.path) has no node that becomes a layer")
    }
    try add("activation linear")
  }

  /// Of a square nobody sees which side is which.
  private mutating func tellSides() {
    let extents = chain.input.extents
    guard takesChannelsFirst, extents.count == 2, extents[0] == extents[1], extents[0] > 1 else { return }
    notes.append("its input is channels, then steps; here the rows of an example are steps, and the columns channels")
  }

  private mutating func tell(_ names: [String], _ what: String) {
    guard let first = names.first else { return }
    notes.append("\(first)\(names.count > 1 ? ", as \(names.count - 1) more," : "") \(what)")
  }

  /// The shape of the last value, as ours lie.
  var shape: Shape { network.layers.isEmpty ? bridge ?? network.data : network.output }

  private mutating func read(_ node: Onnx_NodeProto) throws(Refusal) {
    guard node.domain.isEmpty || node.domain == "ai.onnx" else { throw refusal(node, "it is of \(node.domain.shown)") }
    guard let output = node.output.first, !output.isEmpty, !node.output.dropFirst().contains(where: chain.isTaken)
    else { throw refusal(node, "it gives more than one value") }
    if try keepSize(node) { return }
    if try readPattern() { return }
    guard let first = node.input.first, node.input.filter({ $0 == current }).count == 1 else {
      throw refusal(node, "it does not go on from the node before it alone")
    }
    for name in node.input where name != current && !name.isEmpty && chain.constants[name] == nil {
      if node.opType == "Reshape", sizes[name] != nil { continue }
      throw refusal(node, "\(name.shown) is neither the value before it nor a constant")
    }
    guard first == current || ["Add", "Mul", "Sub", "Max", "Min"].contains(node.opType) else {
      throw refusal(node, "its first input is a constant")
    }
    try translate(node)
    (previous, current) = (current, output)
  }

  /// Adds a layer as it would be typed.
  mutating func add(_ line: String, _ values: [String: [Float]] = [:]) throws(Refusal) {
    let layer: any Layer
    do throws(Misread) { layer = try Layers.catalogue.value(of: line) } catch {
      throw refusal(nodes[index], "\(line): \(error.message)")
    }
    try prepare(layer)
    let first = network.tensors.count
    do throws(Refusal) { try network.append(blank: layer) } catch {
      throw Refusal(refusal(nodes[index], error.message).message, hint: error.hint)
    }
    for slot in network.tensors[first...] {
      guard let numbers = values[slot.weight.name], numbers.count == slot.count else {
        throw refusal(nodes[index], "its numbers are not as many as the \(slot.weight.name) of \(layer.name) has")
      }
      network[slot] = numbers
    }
    bridge = nil
  }

  /// Puts layers in front of the first one that takes our data otherwise than the graph does.
  private mutating func prepare(_ layer: any Layer) throws(Refusal) {
    if layer is Flatten || layer is Reshape { return }
    if isRaw {
      isRaw = false
      try add("rescaling 255")
    }
    let input = bridge ?? image
    if network.layers.isEmpty, layer.inputShape(forData: network.data) != input {
      try add("reshape \(input.extents.map(String.init).joined(separator: " "))")
    }
  }

  /// Adds the layer that waits for what follows it.
  mutating func flush() throws(Refusal) {
    guard let layer = pending else { return }
    pending = nil
    let here = index
    index = layer.index
    try add(layer.line, layer.values)
    index = here
    if layer.values["kernel"] != nil { flattened = nil }
  }

  func refusal(_ node: Onnx_NodeProto, _ why: String) -> Refusal {
    let place = places[index]
    let name = node.name.isEmpty ? "\(place + 1)" : "\(place + 1) (\(node.name.shown))"
    return Refusal("\(chain.path): node \(name), \(node.opType.shown), becomes no layer here: \(why)")
  }
}
