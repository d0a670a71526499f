import Engine
import Grammar
import Schemas

// Numbers that nodes take besides the value that goes through the chain.
extension ONNXReader {
  /// The constant at a place among the inputs; nil where there is none.
  func constant(_ node: Onnx_NodeProto, _ place: Int) -> ONNXTensor? {
    node.input.indices.contains(place) ? chain.constants[node.input[place]] : nil
  }

  /// Keeps what a node says, or makes of constants alone; whether it is such a node.
  mutating func keep(_ node: Onnx_NodeProto) throws(Refusal) -> Bool {
    guard let name = node.output.first else { return false }
    if node.opType == "Constant" {
      chain.keep(try said(node, name), as: name)
      return true
    }
    guard let tensor = constant(node, 0), !node.input.contains(current) else { return false }
    switch node.opType {
    case "Identity": chain.keep(tensor, as: name)
    // A matrix that lies the other way, as PyTorch's do.
    case "Transpose":
      let order = node.integers("perm") ?? Array(tensor.shape.indices.reversed())
      guard order.sorted() == Array(tensor.shape.indices), !tensor.shape.contains(0) else {
        throw refusal(node, "its order of axes is none")
      }
      let turned = Transposition(tensor.shape, order).apply(tensor.values)
      chain.keep(ONNXTensor(shape: order.map { tensor.shape[$0] }, values: turned), as: name)
    default: return false
    }
    return true
  }

  /// The numbers that a node says.
  private func said(_ node: Onnx_NodeProto, _ name: String) throws(Refusal) -> ONNXTensor {
    if let value = node.attribute("value") {
      return try ONNXTensor(value.t, what: "\(chain.path): constant \(name.shown)")
    } else if let value = node.attribute("value_float") {
      return ONNXTensor(shape: [], values: [value.f])
    } else if let value = node.attribute("value_ints") {
      return ONNXTensor(shape: [value.ints.count], values: value.ints.map { Float($0) })
    }
    throw refusal(node, "its value is of a kind that is not read")
  }
}
