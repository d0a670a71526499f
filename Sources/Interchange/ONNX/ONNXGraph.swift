import Engine
import FoundationEssentials
import Schemas

/// A graph of ONNX as it is built: nodes in a chain, each with the numbers it needs.
struct ONNXGraph {
  private var graph = Onnx_GraphProto()
  /// The name of what the last node gives.
  private(set) var current: String

  /// - Parameter input: the name of what the graph gets.
  init(input: String) { current = input }

  /// Adds a node behind the last one, and goes on from what it gives.
  /// - Parameter constants: names of numbers that it gets besides.
  mutating func add(
    _ type: String, _ name: String, constants: [String] = [], _ attributes: [Onnx_AttributeProto] = []
  ) {
    add(type, name, inputs: [current] + constants, attributes)
  }

  /// Adds a node with all its inputs, and goes on from what it gives.
  mutating func add(_ type: String, _ name: String, inputs: [String], _ attributes: [Onnx_AttributeProto] = []) {
    var node = Onnx_NodeProto()
    (node.opType, node.name, node.input, node.output) = (type, name, inputs, ["\(name).output"])
    node.attribute = attributes
    graph.node.append(node)
    current = node.output[0]
  }

  /// Keeps numbers of single precision; their name.
  mutating func keep(_ name: String, _ shape: [Int], _ values: [Float]) -> String {
    keep(name, shape, .float, values.withUnsafeBytes { Data($0) })
  }

  /// Keeps whole numbers; their name.
  mutating func keep(_ name: String, _ values: [Int]) -> String {
    keep(name, [values.count], .int64, values.map(Int64.init).withUnsafeBytes { Data($0) })
  }

  /// Numbers are written as they lie in memory: little-endian on every processor there is a build for.
  private mutating func keep(_ name: String, _ shape: [Int], _ type: Onnx_TensorProto.DataType, _ bytes: Data) -> String
  {
    var tensor = Onnx_TensorProto()
    (tensor.name, tensor.dims, tensor.rawData) = (name, shape.map(Int64.init), bytes)
    tensor.dataType = Int32(type.rawValue)
    graph.initializer.append(tensor)
    return name
  }

  /// The graph with its input and its output, the batch free.
  func finished(
    name: String, input: (name: String, type: Onnx_TensorProto.DataType, shape: [Int]),
    output: (name: String, shape: [Int])
  ) -> Onnx_GraphProto {
    var finished = graph
    finished.name = name
    if let last = finished.node.indices.last { finished.node[last].output = [output.name] }
    finished.input = [ONNXGraph.value(input.name, input.type, input.shape)]
    finished.output = [ONNXGraph.value(output.name, .float, output.shape)]
    return finished
  }

  private static func value(_ name: String, _ type: Onnx_TensorProto.DataType, _ shape: [Int]) -> Onnx_ValueInfoProto {
    var value = Onnx_ValueInfoProto()
    value.name = name
    value.type.tensorType.elemType = Int32(type.rawValue)
    var batch = Onnx_TensorShapeProto.Dimension()
    batch.dimParam = "batch"
    value.type.tensorType.shape.dim = [batch] + shape.map { extent in
      var dimension = Onnx_TensorShapeProto.Dimension()
      dimension.dimValue = Int64(extent)
      return dimension
    }
    return value
  }
}

extension Onnx_AttributeProto {
  init(_ name: String, _ values: [Int]) {
    self.init()
    (self.name, type, ints) = (name, .ints, values.map(Int64.init))
  }

  init(_ name: String, _ value: Int) {
    self.init()
    (self.name, type, i) = (name, .int, Int64(value))
  }

  init(_ name: String, _ value: Float) {
    self.init()
    (self.name, type, f) = (name, .float, value)
  }
}
