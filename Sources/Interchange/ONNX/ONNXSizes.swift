import Grammar
import Schemas

// Shapes that a graph works out of those of its values, as PyTorch writes `x.view(x.size(0), -1)`.
extension ONNXReader {
  /// Stands for how many examples there are, among the extents of a value.
  static let batchSize = -2
  /// No value has so many axes.
  private static let longest = 64

  /// The shape at a place among the inputs, worked out or a constant; nil where there is none.
  func size(_ node: Onnx_NodeProto, _ place: Int) -> ONNXTensor? {
    node.input.indices.contains(place) ? sizes[node.input[place]] ?? constant(node, place) : nil
  }

  /// Works out a node that gives a shape, or a part of one; whether it is such a node.
  mutating func keepSize(_ node: Onnx_NodeProto) throws(Refusal) -> Bool {
    if node.opType == "Shape", node.input.count == 1, [current, chain.input.name].contains(node.input[0]) {
      if node.input[0] == current { try flush() }
      let extents = chain.input.isList ? [] : node.input[0] == current ? self.extents : chain.input.extents
      sizes[node.output[0]] = part(of: [ONNXReader.batchSize] + extents, node)
      return true
    }
    guard node.input.contains(where: { sizes[$0] != nil }), node.opType != "Reshape" else { return false }
    let values = node.input.indices.compactMap { size(node, $0) }
    // Lists are joined and multiplied; elsewhere only the first input is one that was worked out.
    let isSound = ["Concat", "Mul"].contains(node.opType) || node.input.dropFirst().allSatisfy { sizes[$0] == nil }
    guard isSound, values.count == node.input.count, let size = worked(node, values),
      size.values.count <= ONNXReader.longest
    else {
      throw refusal(node, "what it makes of a shape is not worked out")
    }
    sizes[node.output[0]] = size
    return true
  }

  /// The extents from `start` to `end`.
  private func part(of extents: [Int], _ node: Onnx_NodeProto) -> ONNXTensor {
    let (start, end) = (node.integer("start", 0), node.integer("end", extents.count))
    return ONNXReader.list(ONNXReader.cut(extents, from: start, to: end))
  }

  private static func list(_ extents: some Sequence<Int>) -> ONNXTensor {
    let values = extents.map { Float($0) }
    return ONNXTensor(shape: [values.count], values: values)
  }

  /// What lies between two places, each counted from the end where it is negative.
  private static func cut(_ extents: [Int], from start: Int, to end: Int) -> ArraySlice<Int> {
    let places = [start, end].map { min(max($0 < 0 ? $0 &+ extents.count : $0, 0), extents.count) }
    return places[0] < places[1] ? extents[places[0]..<places[1]] : []
  }

  /// What a node makes of shapes and constants; nil where that is none of what is worked out here.
  private func worked(_ node: Onnx_NodeProto, _ values: [ONNXTensor]) -> ONNXTensor? {
    guard let first = values.first, let extents = first.integers else { return nil }
    switch node.opType {
    case "Identity": return first
    case "Cast":
      let whole: [Onnx_TensorProto.DataType] = [.int64, .int32]
      return whole.contains { $0.rawValue == node.integer("to", 0) } ? first : nil
    case "Unsqueeze": return first.shape.isEmpty && (axes(node) ?? []) == [0] ? ONNXReader.list(extents) : nil
    case "Squeeze": return extents.count == 1 ? ONNXTensor(shape: [], values: first.values) : nil
    case "Concat":
      let all = zip(node.input, values).compactMap { name, value -> [Int]? in
        let isSound = value.shape.count == 1 && (sizes[name] != nil || value.values.allSatisfy { $0 >= -1 })
        return isSound ? value.integers : nil
      }
      return all.count == values.count && node.integer("axis", 0) == 0 ? ONNXReader.list(all.joined()) : nil
    case "Gather":
      guard values.count == 2, node.integer("axis", 0) == 0, let place = values[1].integers?.first,
        values[1].values.count == 1, (-extents.count..<extents.count).contains(place)
      else { return nil }
      return ONNXTensor(shape: values[1].shape, values: [first.values[(place + extents.count) % extents.count]])
    case "Slice":
      let (starts, ends) = (bounds(node, values, 1, "starts"), bounds(node, values, 2, "ends"))
      let axes = values.count == 4 ? values[3].integers : node.integers("axes")
      guard values.count < 5, starts.count == 1, ends.count == 1, [[0], [-1]].contains(axes ?? [0]) else { return nil }
      return ONNXReader.list(ONNXReader.cut(extents, from: starts[0], to: ends[0]))
    case "Mul":
      let factors = values.compactMap { $0.integers?.first }
      guard factors.count == 2, values.allSatisfy({ $0.values.count == 1 }), factors.allSatisfy({ $0 > 0 }) else {
        return nil
      }
      let product = factors[0].multipliedReportingOverflow(by: factors[1])
      let isExact = !product.overflow && product.partialValue <= 1 << 24
      return isExact ? ONNXTensor(shape: first.shape, values: [Float(product.partialValue)]) : nil
    default: return nil
    }
  }

  /// Places where a cut begins or ends; an end that is beyond all numbers means the last.
  private func bounds(_ node: Onnx_NodeProto, _ values: [ONNXTensor], _ place: Int, _ attribute: String) -> [Int] {
    guard values.indices.contains(place) else { return node.integers(attribute) ?? [] }
    return values[place].values.map { Int(exactly: $0) ?? ($0 > 0 ? .max : .min) }
  }
}
