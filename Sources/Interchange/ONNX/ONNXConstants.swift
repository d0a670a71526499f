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
      try keep(try said(node, name), name)
      return true
    }
    guard let tensor = constant(node, 0), !node.input.contains(current) else { return false }
    switch node.opType {
    case "Identity": try keep(tensor, name)
    case "Cast": try keep(try cast(tensor, node), name)
    case "Reshape", "Unsqueeze", "Squeeze":
      guard let shape = shape(tensor, node) else { throw refusal(node, "its shape is none that the constant has") }
      try keep(ONNXTensor(shape: shape, values: tensor.values), name)
    // A matrix that lies the other way, as PyTorch's do.
    case "Transpose":
      let order = node.integers("perm") ?? Array(tensor.shape.indices.reversed())
      guard order.sorted() == Array(tensor.shape.indices), !tensor.shape.contains(0) else {
        throw refusal(node, "its order of axes is none")
      }
      let turned = Transposition(tensor.shape, order).apply(tensor.values)
      try keep(ONNXTensor(shape: order.map { tensor.shape[$0] }, values: turned), name)
    default: return false
    }
    return true
  }

  private mutating func keep(_ tensor: ONNXTensor, _ name: String) throws(Refusal) {
    try Machine.require(2 * tensor.values.count * MemoryLayout<Float>.stride, for: chain.path, hint: "summary")
    chain.keep(tensor, as: name)
  }

  /// A constant in another precision, or its whole numbers.
  private func cast(_ tensor: ONNXTensor, _ node: Onnx_NodeProto) throws(Refusal) -> ONNXTensor {
    switch Onnx_TensorProto.DataType(rawValue: node.integer("to", 0)) {
    case .float, .double, .bfloat16: return tensor
    case .float16: return ONNXTensor(shape: tensor.shape, values: tensor.values.map { Float(Float16($0)) })
    case .int64, .int32:
      guard tensor.integers != nil else { throw refusal(node, "it cuts digits of a constant") }
      return tensor
    default: throw refusal(node, "it makes something else of a constant")
    }
  }

  /// What a node makes of a constant's shape; nil where it holds other than its numbers.
  private func shape(_ tensor: ONNXTensor, _ node: Onnx_NodeProto) -> [Int]? {
    switch node.opType {
    case "Unsqueeze": return ONNXExtents.unsqueezed(tensor.shape, axes(node) ?? [])
    case "Squeeze": return ONNXExtents.squeezed(tensor.shape, axes(node))
    default:
      let wanted = constant(node, 1)?.integers ?? node.integers("shape")
      guard let wanted, wanted.count <= 8 else { return nil }
      return ONNXExtents.reshaped(tensor.shape, to: wanted, count: tensor.values.count)
    }
  }

  /// The numbers that a node says.
  private func said(_ node: Onnx_NodeProto, _ name: String) throws(Refusal) -> ONNXTensor {
    if let value = node.attribute("value") {
      return try ONNXTensor(value.t, what: "\(chain.path): constant \(name.shown)")
    } else if let value = node.attribute("value_float") {
      return ONNXTensor(shape: [], values: [value.f])
    } else if let value = node.attribute("value_int") {
      return ONNXTensor(shape: [], values: [Float(value.i)])
    } else if let value = node.attribute("value_floats") {
      return ONNXTensor(shape: [value.floats.count], values: value.floats)
    } else if let value = node.attribute("value_ints") {
      return ONNXTensor(shape: [value.ints.count], values: value.ints.map { Float($0) })
    }
    throw refusal(node, "its value is of a kind that is not read")
  }
}
