import Engine
import Grammar
import Schemas

// Operators that only shape the data, or take a whole image together.
extension ONNXReader {
  mutating func reduce(_ node: Onnx_NodeProto, _ name: String) throws(Refusal) {
    guard isChannelsFirst, (2...3).contains(image.rank) else { throw refusal(node, "its input is no image") }
    try add("\(name)\(image.rank - 1)d")
    (isChannelsFirst, hasOnes) = (false, true)
  }

  mutating func mean(_ node: Onnx_NodeProto) throws(Refusal) {
    let rank = image.rank + 1
    let axes = (constant(node, 1)?.integers ?? node.integers("axes") ?? []).map { $0 < 0 ? $0 + rank : $0 }.sorted()
    let expected = isChannelsFirst ? Array(2..<max(2, rank)) : Array(1..<max(1, rank - 1))
    guard (3...4).contains(rank), axes == expected else {
      throw refusal(node, "its axes are not those of an image")
    }
    try add("globalavgpool\(rank - 2)d")
    (isChannelsFirst, hasOnes) = (false, node.integer("keepdims", 1) != 0)
  }

  mutating func flatten(_ node: Onnx_NodeProto) throws(Refusal) {
    let (rank, axis) = (shape.rank + (hasOnes ? 3 : 1), node.integer("axis", 1))
    guard axis == 1 || axis + rank == 1 else { throw refusal(node, "it does not keep examples apart") }
    try row()
  }

  /// One row of each example.
  private mutating func row() throws(Refusal) {
    if hasOnes || shape.rank == 1 {
      hasOnes = false
      return
    }
    let extents = image.extents
    let isFirst = network.layers.isEmpty && bridge == nil
    if isChannelsFirst { flattened = extents } else if isFirst { flattened = [shape.count] }
    isChannelsFirst = false
    // A dense layer that comes first takes an image as one row by itself.
    let next = chain.nodes.indices.contains(index + 1) ? chain.nodes[index + 1].opType : ""
    if isFirst, next == "Gemm" || next == "MatMul" {
      bridge = [shape.count]
    } else {
      try add("flatten")
    }
  }

  mutating func squeeze(_ node: Onnx_NodeProto) throws(Refusal) {
    let axes = constant(node, 1)?.integers ?? node.integers("axes") ?? []
    guard hasOnes, axes.allSatisfy({ $0 > 1 || $0 < 0 }) else { throw refusal(node, "there are no axes of one number") }
    hasOnes = false
  }

  mutating func reshape(_ node: Onnx_NodeProto) throws(Refusal) {
    guard let wanted = constant(node, 1)?.integers ?? node.integers("shape"), let batch = wanted.first,
      wanted.count > 1, batch <= 1
    else { throw refusal(node, "its shape is missing, or does not keep examples apart") }
    guard let extents = resolved(Array(wanted.dropFirst()), isBatchFree: batch == -1) else {
      throw refusal(node, "its shape does not hold the \(shape.count) numbers of an example")
    }
    if extents.count == 1 { return try row() }
    guard !isChannelsFirst, flattened == nil || flattened?.count == 1, !hasOnes else {
      throw refusal(node, "it takes numbers in an order that ours do not have")
    }
    let comesFirst = ONNXReader.findsChannelsFirst(chain.nodes[(index + 1)...], extents)
    guard !comesFirst || extents[0] == 1 else { throw refusal(node, "it puts several channels in front") }
    isChannelsFirst = comesFirst
    let ours = comesFirst ? Array(extents.dropFirst()) + [1] : extents
    if network.layers.isEmpty, ours == network.data.extents + [1] {
      bridge = Shape(ours)
    } else {
      try add("reshape \(ours.map(String.init).joined(separator: " "))")
    }
  }

  /// Extents with 0 and -1 filled in; nil where they do not hold the numbers there are.
  private func resolved(_ wanted: [Int], isBatchFree: Bool) -> [Int]? {
    let count = shape.count
    var extents = wanted
    // The extents as they lie there, for those that are kept.
    let there = isChannelsFirst ? [image.last] + image.extents.dropLast() : shape.extents
    for place in extents.indices where extents[place] == 0 {
      guard place < there.count else { return nil }
      extents[place] = there[place]
    }
    if let open = extents.firstIndex(of: -1), !isBatchFree {
      let rest = extents.enumerated().filter { $0.offset != open }.map(\.element)
      let product = Shape(rest).count
      guard product > 0, product <= count, count % product == 0 else { return nil }
      extents[open] = count / product
    }
    return extents.allSatisfy({ $0 > 0 }) && extents.count <= 3 && Shape(extents).count == count ? extents : nil
  }

  mutating func transpose(_ node: Onnx_NodeProto) throws(Refusal) {
    let rank = image.rank
    let order = node.integers("perm") ?? Array((0...rank).reversed())
    if order == Array(0...rank) { return }
    let (first, last) = ([0, rank] + (1..<rank), [0] + (2...max(2, rank)) + [1])
    guard rank > 1, !hasOnes, isChannelsFirst ? order == last : order == first else {
      throw refusal(node, "it moves more than the channels")
    }
    isChannelsFirst.toggle()
  }

  mutating func pad(_ node: Onnx_NodeProto) throws(Refusal) {
    let pads = constant(node, 1)?.integers ?? node.integers("pads") ?? []
    let value = constant(node, 2)?.scalar ?? node.float("value", 0)
    guard node.text("mode") ?? "constant" == "constant", value == 0, constant(node, 3) == nil else {
      throw refusal(node, "it pads with something else than zeros")
    }
    guard isChannelsFirst, image.rank == 3, pads.count == 8, Array(pads[..<4]) == Array(pads[4...]), pads[0] == 0,
      pads[1] == 0, pads.allSatisfy({ (0...1 << 16).contains($0) })
    else { throw refusal(node, "it pads other than an image, the same on both sides") }
    try add("zeropadding2d \(pads[2])x\(pads[3])")
  }
}
