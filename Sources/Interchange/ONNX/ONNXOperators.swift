import Engine
import Grammar
import Schemas

// What each operator becomes.
extension ONNXReader {
  /// Operators that do not take every number by itself, and so need an axis behind the batch.
  private static let axial: Set = [
    "Gemm", "MatMul", "Conv", "MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool", "ReduceMean", "ReduceSum",
    "ReduceMax", "ReduceMin", "BatchNormalization", "LayerNormalization", "Softmax", "Flatten", "Reshape", "Squeeze",
    "Unsqueeze", "Transpose", "Pad",
  ]

  mutating func translate(_ node: Onnx_NodeProto) throws(Refusal) {
    guard !chain.input.isList || !ONNXReader.axial.contains(node.opType) else {
      throw refusal(node, "its input has no axis but that of the batch")
    }
    if try readActivation(node) { return }
    if try fold(node) { return }
    if try isNothing(node) { return }
    try flush()
    switch node.opType {
    case "Gemm": try gemm(node)
    case "MatMul": try multiply(node)
    case "Conv": try convolve(node)
    case "MaxPool", "AveragePool": try pool(node)
    case "GlobalMaxPool": try reduce(node, "globalmaxpool")
    case "GlobalAveragePool": try reduce(node, "globalavgpool")
    case "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin": try reduceAxes(node)
    case "BatchNormalization": try batchNorm(node)
    case "LayerNormalization": try layerNorm(node)
    case "Flatten": try flatten(node)
    case "Reshape": try reshape(node)
    case "Squeeze": try squeeze(node)
    case "Unsqueeze": try unsqueeze(node)
    case "Transpose": try transpose(node)
    case "Pad": try pad(node)
    case "Dropout": try dropout(node)
    case "Add", "Sub", "Mul", "Div": try rescale(node)
    case "Neg": try add("rescaling -1")
    default: throw refusal(node, "no layer does the same")
    }
  }

  /// Whether a node gives what it takes.
  private mutating func isNothing(_ node: Onnx_NodeProto) throws(Refusal) -> Bool {
    switch node.opType {
    case "Identity": return true
    case "Max", "Min", "Mean", "Sum": return node.input.count == 1
    case "Cast":
      // Other floats are single ones here, as those of constants are.
      let floats: [Onnx_TensorProto.DataType] = [.float, .double, .float16]
      guard let type = floats.first(where: { $0.rawValue == node.integer("to", 0) }) else {
        throw refusal(node, "it makes something else of floats")
      }
      let note = "it rounds to half precision on its way there, and here nowhere"
      if type == .float16, chain.input.precision == nil, !notes.contains(note) { notes.append(note) }
      return true
    default: return false
    }
  }

  // MARK: Norms, numbers, dropout

  mutating func batchNorm(_ node: Onnx_NodeProto) throws(Refusal) {
    guard channelAxis == 1 else { throw refusal(node, "its channels are not in front") }
    // Before operator set 14 it trained where it gave its statistics too.
    let givesStatistics = chain.operators < 14 && node.output.dropFirst().contains { !$0.isEmpty }
    guard node.integer("training_mode", 0) == 0, !isOfOldTraining(node), !givesStatistics else {
      throw refusal(node, "it is for training")
    }
    guard node.integer("spatial", 1) == 1 else { throw refusal(node, "it has numbers of its own for each pixel") }
    let names = ["gamma", "beta", "moving_mean", "moving_variance"]
    var values: [String: [Float]] = [:]
    for (place, name) in names.enumerated() {
      guard let tensor = constant(node, place + 1) else { throw refusal(node, "its \(name) is missing") }
      values[name] = ours(tensor.values)
    }
    try add("batchnorm epsilon=\(node.float("epsilon", 1e-5))", values)
  }

  mutating func layerNorm(_ node: Onnx_NodeProto) throws(Refusal) {
    let axis = node.integer("axis", -1)
    guard channelAxis == extents.count, axis == -1 || axis == extents.count else {
      throw refusal(node, "its axis \(axis) is not the last one alone")
    }
    guard let gamma = constant(node, 1) else { throw refusal(node, "its scale is missing") }
    var values = ["gamma": ours(gamma.values)]
    if let beta = constant(node, 2) { values["beta"] = ours(beta.values) }
    let center = values["beta"] == nil ? " center=no" : ""
    try add("layernorm epsilon=\(node.float("epsilon", 1e-5))\(center)", values)
  }

  /// Numbers of a flattened row in our order.
  private func ours(_ values: [Float]) -> [Float] {
    guard let flattened, flattened.reduce(1, *) == values.count else { return values }
    let rank = flattened.count
    return Transposition(flattened, [rank - 1] + (0..<rank - 1)).invert(values)
  }

  mutating func rescale(_ node: Onnx_NodeProto) throws(Refusal) {
    guard let tensor = besides(node) else { throw refusal(node, "its number is missing") }
    try checkRank(tensor, node)
    guard let value = tensor.scalar else { return try rescaleChannels(node, tensor) }
    if takesBytes(node, value) { return }
    let (scales, offsets) = try lines(node, tensor)
    try rescale((scales[0], offsets[0]), node)
  }

  /// What a node takes besides the value that goes through the chain.
  func besides(_ node: Onnx_NodeProto) -> ONNXTensor? { constant(node, node.input.first == current ? 1 : 0) }

  /// A number with more axes than the value would give the value more of them.
  func checkRank(_ tensor: ONNXTensor, _ node: Onnx_NodeProto) throws(Refusal) {
    guard tensor.shape.count <= rank else {
      throw refusal(node, "its number has \(tensor.shape.count) axes, and the value before it \(rank)")
    }
  }

  /// Each number's factor, and what is added then.
  func lines(_ node: Onnx_NodeProto, _ numbers: ONNXTensor) throws(Refusal) -> (scales: [Float], offsets: [Float]) {
    let isTurned = node.input.first != current
    let values = numbers.values
    let (zeros, ones) = (values.map { _ in Float(0) }, values.map { _ in Float(1) })
    if let odd = values.first(where: { !$0.isFinite }) { throw refusal(node, "its number is \(odd)") }
    switch node.opType {
    case "Add": return (ones, values)
    case "Sub": return isTurned ? (ones.map { -$0 }, values) : (ones, values.map { -$0 })
    case "Mul": return (values, zeros)
    default:
      let scales = values.map { Float(1 / Double($0)) }
      if let place = scales.firstIndex(where: { !$0.isFinite }) {
        throw refusal(node, "it divides by \(values[place])")
      }
      return (scales, zeros)
    }
  }

  /// One number for each channel: of an image, a kernel of one pixel multiplies or adds it; otherwise a batchnorm of
  /// mean 0 and variance 1 does.
  private mutating func rescaleChannels(_ node: Onnx_NodeProto, _ tensor: ONNXTensor) throws(Refusal) {
    guard !chain.input.isList, axis(node, rank: extents.count + 1) == channelAxis, tensor.values.count == image.last
    else { throw refusal(node, "it takes more than one number, or one for each channel, besides") }
    let (scales, offsets) = try lines(node, tensor)
    if image.rank == 3 {
      let values = ["kernel": scales, "bias": ["Add", "Sub"].contains(node.opType) ? offsets : nil]
      pending = PendingLayer(
        index: index, words: ["depthwise_conv2d", "1x1"], named: [], values: values.compactMapValues { $0 },
        outputs: (scales.count, channelAxis, 4))
      learning.append("node \(places[index] + 1) (\(node.opType))")
      return
    }
    let (epsilon, zeros) = (Float(1e-3), scales.map { _ in Float(0) })
    try add(
      "batchnorm epsilon=\(epsilon)",
      [
        "gamma": ours(scales), "beta": ours(offsets), "moving_mean": zeros,
        "moving_variance": scales.map { _ in 1 - epsilon },
      ])
    normalising.append("node \(places[index] + 1) (\(node.opType))")
  }

  /// Bytes that become 0 to 1, as they come here.
  private mutating func takesBytes(_ node: Onnx_NodeProto, _ value: Float) -> Bool {
    let scale = node.opType == "Div" ? 1 / value : node.opType == "Mul" ? value : 0
    guard isRaw, abs(scale * 255 - 1) < 1e-5 else { return false }
    isRaw = false
    return true
  }

  /// Whether a node of operator sets before 7, where training was the default, is for that.
  private func isOfOldTraining(_ node: Onnx_NodeProto) -> Bool {
    chain.operators < 7 && node.integer("is_test", 0) == 0
  }

  mutating func dropout(_ node: Onnx_NodeProto) throws(Refusal) {
    let ratio = constant(node, 1)?.scalar ?? node.float("ratio", 0.5)
    guard constant(node, 2)?.scalar ?? 0 == 0 && !isOfOldTraining(node) || ratio == 0 else {
      throw refusal(node, "it is for training")
    }
    guard ratio >= 0, ratio < 1 else { throw refusal(node, "its ratio is \(ratio)") }
    try add("dropout \(ratio)")
  }
}
