import Engine
import FoundationEssentials
import Grammar
import Schemas
import SwiftProtobuf

/// The graph of a model as a chain of nodes, each of which goes on from the one before; checked as far as that goes.
package struct ONNXChain {
  /// Operator sets whose meaning is known here.
  private static let operators: ClosedRange<Int64> = 1...25

  /// What the graph takes.
  package struct Input: Sendable {
    package let name: String
    /// How many examples it takes at once; nil where that is free.
    package let batch: Int?
    /// The extents behind the batch; those of a batch of single numbers are `[1]`.
    package let extents: [Int]
    /// Whether it has the axis of the batch alone, each example a single number.
    package let isList: Bool
    package let isBytes: Bool
    /// The precision that the graph computes in, where that is not the single one: `half precision`.
    package let precision: String?
  }

  package let path: String
  package let operators: Int
  /// The nodes that its output needs, and where each stands in the file.
  package let nodes: [(place: Int, node: Onnx_NodeProto)]
  /// Numbers that nodes take, by their names.
  package private(set) var constants: [String: ONNXTensor] = [:]
  package let input: Input
  package let output: String
  /// Whether it was written here, where values that are to be flattened never have their channels in front.
  package let isOwn: Bool
  /// What the classes are called; none where the model does not say.
  package let classes: [String]

  /// - Parameter given: numbers that come in by inputs of the graph, for tests of single operators.
  /// - Throws: `Refusal` when the bytes are no model, or it is not a graph of one input and one output.
  package init(_ bytes: [UInt8], path: String, given: [String: ONNXTensor] = [:]) throws(Refusal) {
    let model: Onnx_ModelProto
    do { model = try Onnx_ModelProto(serializedBytes: bytes) } catch { throw .noModel(path) }
    guard model.hasGraph || !model.graph.node.isEmpty, model.irVersion > 0 else { throw .noModel(path) }
    (self.path, isOwn) = (path, model.producerName == ONNXModel.producer)
    operators = try ONNXChain.operators(model, path)
    let graph = model.graph
    try ONNXChain.checkNames(graph, path)
    nodes = ONNXChain.nodes(of: graph)
    let used = Set(nodes.flatMap(\.node.input))
    var constants = given
    for tensor in graph.initializer where used.contains(tensor.name) && !tensor.name.isEmpty {
      constants[tensor.name] = try ONNXTensor(tensor, what: "\(path): initializer \(tensor.name.shown)")
    }
    guard graph.sparseInitializer.isEmpty, model.functions.isEmpty else {
      throw Refusal("\(path) holds sparse numbers or functions of its own, which are not read")
    }
    let kept = Set(graph.initializer.map(\.name)).union(given.keys)
    let inputs = graph.input.filter { !kept.contains($0.name) }
    self.constants = constants
    guard inputs.count == 1 else { throw .severalInputs(path, inputs.map(\.name)) }
    guard graph.output.count == 1 else { throw .severalOutputs(path, graph.output.map(\.name)) }
    input = try ONNXChain.input(inputs[0], path)
    output = graph.output[0].name
    let names = model.metadataProps.first { $0.key == "classes" }?.value
    classes = names.map { $0.split(whereSeparator: \.isNewline).map(String.init) } ?? []
  }

  private static func operators(_ model: Onnx_ModelProto, _ path: String) throws(Refusal) -> Int {
    // Those of others may be named though no node is theirs.
    let own = model.opsetImport.first { $0.domain.isEmpty || $0.domain == "ai.onnx" }
    if own == nil, let other = model.opsetImport.first {
      throw Refusal("\(path) uses operators of \(other.domain.shown), and only those of ONNX itself are known")
    }
    guard let version = own?.version, operators.contains(version) else {
      let version = own.map { "\($0.version)" } ?? "none"
      throw Refusal(
        "\(path) uses operator set \(version); expected \(operators.lowerBound) to \(operators.upperBound)")
    }
    return Int(version)
  }

  /// Each value has a name of its own; only what an input is by default has that of the input.
  private static func checkNames(_ graph: Onnx_GraphProto, _ path: String) throws(Refusal) {
    var given = Set(graph.input.map(\.name)), kept: Set<String> = []
    var isSound = given.count == graph.input.count
    for name in graph.initializer.map(\.name) where !name.isEmpty { isSound = kept.insert(name).inserted && isSound }
    given.formUnion(kept)
    for (place, node) in graph.node.enumerated() {
      for name in node.output where !name.isEmpty && !given.insert(name).inserted {
        throw Refusal("\(path): node \(place + 1), \(node.opType.shown), gives \(name.shown), which is there already")
      }
    }
    guard isSound else { throw Refusal("\(path): two of its inputs or initializers have the same name") }
  }

  /// The nodes that the output of a graph needs; others give what nobody sees.
  private static func nodes(of graph: Onnx_GraphProto) -> [(place: Int, node: Onnx_NodeProto)] {
    var makers: [String: Int] = [:]
    for (place, node) in graph.node.enumerated() { for name in node.output { makers[name] = place } }
    var needed: Set<Int> = [], names = graph.output.map(\.name)
    while let name = names.popLast() {
      guard let place = makers[name], needed.insert(place).inserted else { continue }
      names += graph.node[place].input.filter { !$0.isEmpty }
    }
    return graph.node.enumerated().filter { needed.contains($0.offset) }.map { ($0.offset, $0.element) }
  }

  /// The types of numbers that come as floats here, and bytes, each with its precision where it is not the single one.
  private static let kinds: [Onnx_TensorProto.DataType: String?] = [
    .float: nil, .uint8: nil, .double: "double precision", .float16: "half precision", .bfloat16: "bfloat16",
  ]

  private static func input(_ value: Onnx_ValueInfoProto, _ path: String) throws(Refusal) -> Input {
    let type = value.type.tensorType
    guard let kind = Onnx_TensorProto.DataType(rawValue: Int(type.elemType)), let precision = kinds[kind] else {
      throw Refusal("\(path): input \(value.name.shown) is of type \(type.elemType); expected floats or bytes")
    }
    let all = type.shape.dim.map { Int(exactly: $0.dimValue) ?? 0 }
    let extents = Array(all.dropFirst())
    guard (1...7).contains(all.count), Shape(extents).count <= 1 << 60,
      extents.allSatisfy({ (1...1 << 20).contains($0) })
    else {
      throw Refusal(
        "\(path): input \(value.name.shown) needs a batch and up to six extents from 1 to 1048576 behind it")
    }
    if case .dimValue(0) = type.shape.dim[0].value {
      throw Refusal("\(path): input \(value.name.shown) takes no examples; its batch is 0")
    }
    return Input(
      name: value.name, batch: all[0] > 0 ? all[0] : nil, extents: extents.isEmpty ? [1] : extents,
      isList: extents.isEmpty, isBytes: kind == .uint8, precision: precision)
  }

  /// Whether a node or the graph's output takes a value of this name.
  package func isTaken(_ name: String) -> Bool { name == output || nodes.contains { $0.node.input.contains(name) } }

  /// Keeps a number that a node says.
  package mutating func keep(_ tensor: ONNXTensor, as name: String) { constants[name] = tensor }
}

extension Onnx_NodeProto {
  package func attribute(_ name: String) -> Onnx_AttributeProto? { attribute.first { $0.name == name } }

  package func integer(_ name: String, _ other: Int) -> Int { attribute(name).flatMap { Int(exactly: $0.i) } ?? other }

  package func float(_ name: String, _ other: Float) -> Float { attribute(name)?.f ?? other }

  package func integers(_ name: String) -> [Int]? { attribute(name)?.ints.map { Int(clamping: $0) } }

  package func text(_ name: String) -> String? { attribute(name).map { String(decoding: $0.s, as: UTF8.self) } }
}

extension String {
  /// A name of a file's without signs that would move a cursor, and not too long.
  package var shown: String {
    let signs = unicodeScalars.prefix(80).map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
    return String(String.UnicodeScalarView(signs))
  }
}

extension Refusal {
  fileprivate static func noModel(_ path: String) -> Refusal { Refusal("\(path) is no model of ONNX, or is cut off") }
  fileprivate static func severalInputs(_ path: String, _ names: [String]) -> Refusal {
    let list = names.prefix(5).map(\.shown).joined(separator: ", ")
    return Refusal("\(path) has \(names.count) inputs (\(list)); expected one")
  }
  fileprivate static func severalOutputs(_ path: String, _ names: [String]) -> Refusal {
    let list = names.prefix(5).map(\.shown).joined(separator: ", ")
    return Refusal("\(path) has \(names.count) outputs (\(list)); expected one")
  }
}
