import Engine
import Grammar
import Schemas

// Operators that only shape the data, or take a whole image together.
extension ONNXReader {
  mutating func reduce(_ node: Onnx_NodeProto, _ name: String) throws(Refusal) {
    guard isChannelsFirst, (2...3).contains(image.rank) else { throw refusal(node, "its input is no image") }
    ones.back = image.rank - 1
    try add("\(name)\(ones.back)d")
    isChannelsFirst = false
  }

  /// Mean, sum or extremum of a whole image in each channel, as a pool and what goes on around it.
  mutating func reduceAxes(_ node: Onnx_NodeProto) throws(Refusal) {
    let rank = extents.count + 1
    let axes = (self.axes(node) ?? []).map { $0 < 0 ? $0 + rank : $0 }.sorted()
    if axes.isEmpty, node.integer("noop_with_empty_axes", 0) != 0 { return }
    guard (3...4).contains(rank), ones == (0, 0), axes == Array(isChannelsFirst ? 2..<rank : 1..<rank - 1) else {
      throw refusal(node, "its axes are not those of an image")
    }
    let pool = ["ReduceMax", "ReduceMin"].contains(node.opType) ? "globalmaxpool" : "globalavgpool"
    let count = shape.count / image.last
    // The least number is the largest of the negative ones.
    if node.opType == "ReduceMin" { try add("rescaling -1") }
    try add("\(pool)\(rank - 2)d")
    if node.opType == "ReduceMin" { try add("rescaling -1") }
    if node.opType == "ReduceSum", count > 1 { try add("rescaling \(count)") }
    let kept = node.integer("keepdims", 1) != 0 ? rank - 2 : 0
    ones = isChannelsFirst ? (0, kept) : (kept, 0)
    isChannelsFirst = false
  }

  mutating func flatten(_ node: Onnx_NodeProto) throws(Refusal) {
    let axis = node.integer("axis", 1)
    guard axis == 1 || axis == -extents.count else { throw refusal(node, "it does not keep examples apart") }
    try row()
  }

  /// One row of each example.
  private mutating func row() throws(Refusal) {
    if image.rank == 1 {
      ones = (0, 0)
      return
    }
    let isFirst = network.layers.isEmpty && bridge == nil
    if isOrdered { flattened = isFirst ? [shape.count] : flattened } else { flattened = image.extents }
    isChannelsFirst = false
    // A dense layer that comes first takes an image as one row by itself.
    let next = nodes.indices.contains(index + 1) ? nodes[index + 1].opType : ""
    if isFirst, next == "Gemm" || next == "MatMul" {
      bridge = [shape.count]
    } else {
      try add("flatten")
    }
  }

  mutating func squeeze(_ node: Onnx_NodeProto) throws(Refusal) {
    guard let all = ONNXExtents.squeezed(batched, axes(node)) else {
      throw refusal(node, "its axes are not such of one number")
    }
    // A single number is a row of one here, which only what follows could tell apart.
    if all.count == 1, index == nodes.count - 1 { return try row() }
    try view(Array(all.dropFirst()), node)
  }

  mutating func unsqueeze(_ node: Onnx_NodeProto) throws(Refusal) {
    guard let all = ONNXExtents.unsqueezed(batched, axes(node) ?? []), all[0] == ONNXReader.batchSize else {
      throw refusal(node, "it does not keep examples apart")
    }
    try view(Array(all.dropFirst()), node)
  }

  /// The extents of the last value, the batch in front of them.
  private var batched: [Int] { [ONNXReader.batchSize] + extents }

  mutating func reshape(_ node: Onnx_NodeProto) throws(Refusal) {
    guard let wanted = size(node, 1)?.integers ?? node.integers("shape"), let batch = wanted.first else {
      throw refusal(node, "its shape is missing")
    }
    let rest = wanted.dropFirst(), isWhole = !rest.contains(-1)
    let isWorkedOut = node.input.indices.contains(1) && sizes[node.input[1]] != nil
    let keeps = batch == -1 && isWhole || isWorkedOut && batch == ONNXReader.batchSize
      || batch == 0 && node.integer("allowzero", 0) == 0
      || chain.input.batch.map { $0 == batch } ?? (batch == 1 && isWhole)
    guard keeps, !rest.contains(ONNXReader.batchSize), (2...8).contains(wanted.count) else {
      throw refusal(node, "it does not keep examples apart")
    }
    guard let extents = ONNXExtents.reshaped(extents, to: Array(rest), count: shape.count) else {
      throw refusal(node, "its shape does not hold the \(shape.count) numbers of an example")
    }
    try view(extents, node)
  }

  /// Gives the last value other extents behind the batch, its numbers in the order that they have there.
  private mutating func view(_ wanted: [Int], _ node: Onnx_NodeProto) throws(Refusal) {
    let (there, count) = (extents, shape.count)
    if wanted == there { return }
    if wanted.count == 1 { return try row() }
    guard flattened == nil || flattened?.count == 1 else {
      throw refusal(node, "it takes numbers in an order that ours do not have")
    }
    let isOrdered = self.isOrdered
    // Several channels cannot come in front, so that it is only told where a node really takes them there.
    let hasOne = wanted[0] == 1 || wanted[0] == count
    let comesFirst = isOrdered ? findsChannelsFirst(from: index + 1, wanted, guesses: hasOne) : true
    guard isOrdered ? !comesFirst || hasOne : wanted[0] == there[0] else {
      throw refusal(node, isOrdered ? "it puts several channels in front" : "it does not keep the channels apart")
    }
    (isChannelsFirst, ones) = (comesFirst, (0, 0))
    let ours = comesFirst ? Array(wanted.dropFirst()) + [wanted[0]] : wanted
    if network.layers.isEmpty, ours == network.data.extents || ours == network.data.extents + [1] {
      bridge = Shape(ours)
    } else if shape.extents != ours {
      try add("reshape \(ours.map(String.init).joined(separator: " "))")
    }
  }

  mutating func transpose(_ node: Onnx_NodeProto) throws(Refusal) {
    let rank = extents.count
    let order = node.integers("perm") ?? Array((0...rank).reversed())
    if order == Array(0...rank) { return }
    let (first, last) = ([0, rank] + (1..<rank), [0] + (2...max(2, rank)) + [1])
    guard rank > 1, order == (channelAxis == 1 ? last : first) else {
      throw refusal(node, "it moves more than the channels")
    }
    if ones == (0, 0) { isChannelsFirst.toggle() } else { ones = (ones.back, ones.front) }
  }

  mutating func pad(_ node: Onnx_NodeProto) throws(Refusal) {
    let value = constant(node, 2)?.scalar ?? node.float("value", 0)
    guard node.text("mode") ?? "constant" == "constant", value == 0 else {
      throw refusal(node, "it pads with something else than zeros")
    }
    guard isChannelsFirst, image.rank == 3, let pads = pads(node), Array(pads[..<4]) == Array(pads[4...]),
      pads[0] == 0, pads[1] == 0, pads.allSatisfy({ (0...1 << 16).contains($0) })
    else { throw refusal(node, "it pads other than an image, the same on both sides") }
    try add("zeropadding2d \(pads[2])x\(pads[3])")
  }

  /// How much a node lays in front of each axis of an image and behind it, the batch first.
  private func pads(_ node: Onnx_NodeProto) -> [Int]? {
    guard let pads = constant(node, 1)?.integers ?? node.integers("pads") else { return nil }
    guard node.input.count > 3 else { return pads.count == 8 ? pads : nil }
    guard let axes = constant(node, 3)?.integers, pads.count == 2 * axes.count,
      Set(axes.map { $0 < 0 ? $0 &+ 4 : $0 }).count == axes.count
    else { return nil }
    var all = [Int](repeating: 0, count: 8)
    for (place, axis) in axes.enumerated() {
      guard (-4..<4).contains(axis) else { return nil }
      (all[(axis + 4) % 4], all[4 + (axis + 4) % 4]) = (pads[place], pads[axes.count + place])
    }
    return all
  }
}
