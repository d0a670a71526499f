import Engine
import Foundation
import Grammar
import Schemas
import SwiftProtobuf

@testable import Interchange

/// A graph of ONNX of a few nodes, for tests of the reader.
struct SmallGraph {
  var graph = ONNXGraph(input: "x")
  /// What each example is, in ONNX's order of axes.
  let extents: [Int]
  /// How many examples the graph takes at once; nil where that is free.
  var batch: Int64?
  var type = Onnx_TensorProto.DataType.float
  /// What is done to the model before it is read.
  var spoil: ((inout Onnx_ModelProto) -> Void)?

  init(_ extents: [Int], _ build: (inout ONNXGraph) -> Void) {
    self.extents = extents
    build(&graph)
  }

  /// What is read of it.
  func read() throws(Refusal) -> ONNXReader {
    var model = Onnx_ModelProto()
    var set = Onnx_OperatorSetIdProto()
    set.version = 20
    (model.irVersion, model.opsetImport) = (9, [set])
    model.graph = graph.finished(name: "small", input: ("x", type, extents), output: ("y", extents))
    if let batch { model.graph.input[0].type.tensorType.shape.dim[0].dimValue = batch }
    spoil?(&model)
    let bytes: [UInt8] = (try? model.serializedBytes()) ?? []
    return try ONNXReader(bytes, path: "n.onnx")
  }

  /// Why it is refused; nil where it is not.
  func refusal() -> String? {
    do throws(Refusal) {
      _ = try read()
      return nil
    } catch { return error.message }
  }

  /// The layers that are read, as they would be typed.
  func lines() throws -> [String] {
    try read().network.layers.map { Layers.catalogue.line($0) ?? $0.name }
  }

  /// What the network that is read makes of one example, which lies as ours do.
  func outputs(_ numbers: [Float]) throws -> [Float] {
    let network = try read().network
    let examples = Examples(shape: network.data, features: .floats(Floats(numbers)), targets: .classes([0], count: 1))
    return try LayerOutput(
      behind: network.layers.count, of: network, example: 0, in: examples, threads: Threads(count: 1)).values
  }
}

extension Onnx_AttributeProto {
  init(_ name: String, text: String) {
    self.init()
    (self.name, type, s) = (name, .string, Data(text.utf8))
  }
}
