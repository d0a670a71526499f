import Engine
import Grammar
import Schemas

// Where the channels of a value lie there and here.
extension ONNXReader {
  /// The extents of the last value behind the batch, in ONNX's order.
  var extents: [Int] {
    let ours = image.extents
    if isChannelsFirst { return [image.last] + ours.dropLast() }
    return [Int](repeating: 1, count: ones.front) + ours + [Int](repeating: 1, count: ones.back)
  }

  /// How many axes the last value has, the batch among them.
  var rank: Int { pending?.words.first == "dense" ? 2 : extents.count + 1 }

  /// Whether its numbers lie in our order: channels in front do where there is one, or one number in each.
  var isOrdered: Bool { !isChannelsFirst || image.last == 1 || image.last == image.count }

  /// Which axis of the last value are its channels there, 0 the batch.
  var channelAxis: Int { isChannelsFirst ? 1 : extents.count - ones.back }

  /// The image's or the sequence's extents, its channels last also where our data leave a single one out.
  var image: Shape {
    let needs = chain.input.extents.count
    return network.layers.isEmpty && bridge == nil && shape.rank < needs ? Shape(shape.extents + [1]) : shape
  }

  /// The shape of our data; one channel is no axis of its own there.
  static func data(_ extents: [Int], isChannelsFirst: Bool) -> Shape {
    guard isChannelsFirst, let channels = extents.first else { return Shape(extents) }
    let rest = Array(extents.dropFirst())
    return Shape(channels == 1 ? rest : rest + [channels])
  }

  /// Whether a value has its channels in front, by the first node from a place on that asks which of its axes they are.
  /// - Parameter guesses: whether what is flattened may be one of PyTorch's images by its extents alone.
  func findsChannelsFirst(from place: Int, _ extents: [Int], guesses: Bool = true) -> Bool {
    guard extents.count > 1 else { return false }
    for (place, node) in nodes.enumerated().dropFirst(place) {
      switch node.opType {
      case "Conv", "MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool", "BatchNormalization", "Pad":
        return true
      case "Transpose", "LayerNormalization", "MatMul": return false
      case "Softmax": return node.integer("axis", -1) == 1 && chain.operators >= 13
      case "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin":
        if let axis = softmaxAxis(at: place, rank: extents.count + 1) { return axis == 1 }
        let axes = (self.axes(node) ?? []).map { $0 < 0 ? $0 + extents.count + 1 : $0 }
        return axes.sorted() == Array(2...extents.count)
      // An axis between batch and channels makes the channels of what had none.
      case "Unsqueeze" where axes(node)?.contains(1) == true: return false
      case "Add", "Sub", "Mul", "Div":
        guard let axis = axis(node, rank: extents.count + 1) else { continue }
        return axis == 1
      // A few channels before larger extents are PyTorch's images, where a kernel takes their order back.
      case "Flatten", "Reshape":
        guard guesses, !chain.isOwn else { return false }
        let hasKernel = nodes.contains { ["Gemm", "MatMul"].contains($0.opType) }
        return hasKernel && extents.count == 3 && extents[0] <= 4 && extents[2] > 4
      default: continue
      }
    }
    return false
  }

  /// The axis along which a node's constant has several numbers, 0 the batch; nil where it has not one such.
  /// - Parameter rank: how many axes the value has, the batch among them.
  func axis(_ node: Onnx_NodeProto, rank: Int) -> Int? {
    guard let place = node.input.firstIndex(where: { chain.constants[$0] != nil }),
      let shape = constant(node, place)?.shape, shape.filter({ $0 != 1 }).count == 1,
      let axis = shape.firstIndex(where: { $0 != 1 })
    else { return nil }
    // Before operator set 7 a node could say where the axes of its constant begin.
    let first = chain.operators < 7 ? node.integer("axis", rank - shape.count) : rank - shape.count
    return (0..<rank).contains(first) && first + axis < rank ? first + axis : nil
  }
}
