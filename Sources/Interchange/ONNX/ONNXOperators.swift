import Engine
import Grammar
import Schemas

// What each operator becomes.
extension ONNXReader {
  mutating func translate(_ node: Onnx_NodeProto) throws(Refusal) {
    if let activation = try activation(node) { return try activate(activation) }
    if node.opType == "Add", try takeBias(node) { return }
    if node.opType == "Identity" { return }
    try flush()
    switch node.opType {
    case "Gemm": try gemm(node)
    case "MatMul": try multiply(node)
    case "Conv": try convolve(node)
    case "MaxPool", "AveragePool": try pool(node)
    case "GlobalMaxPool": try reduce(node, "globalmaxpool")
    case "GlobalAveragePool": try reduce(node, "globalavgpool")
    case "ReduceMean": try mean(node)
    case "BatchNormalization": try batchNorm(node)
    case "LayerNormalization": try layerNorm(node)
    case "Flatten": try flatten(node)
    case "Reshape": try reshape(node)
    case "Squeeze": try squeeze(node)
    case "Transpose": try transpose(node)
    case "Pad": try pad(node)
    case "Dropout": try dropout(node)
    case "Add", "Sub", "Mul", "Div": try rescale(node)
    case "Cast": try cast(node)
    default: throw refusal(node, "no layer does the same")
    }
  }

  /// The constant at a place among the inputs; nil where there is none.
  func constant(_ node: Onnx_NodeProto, _ place: Int) -> ONNXTensor? {
    node.input.indices.contains(place) ? chain.constants[node.input[place]] : nil
  }

  // MARK: Activations

  private mutating func activate(_ activation: String) throws(Refusal) {
    if pending != nil, pending?.activation == nil {
      pending?.activation = activation
    } else {
      try flush()
      pending = PendingLayer(words: ["activation"], activation: activation, named: [], values: [:])
    }
  }

  /// The activation that an operator is, as it would be typed; nil for other operators.
  private mutating func activation(_ node: Onnx_NodeProto) throws(Refusal) -> String? {
    switch node.opType {
    case "Relu": return "relu"
    case "Sigmoid": return "sigmoid"
    case "Tanh": return "tanh"
    case "Softplus": return "softplus"
    case "Softsign": return "softsign"
    case "Exp": return "exponential"
    case "LeakyRelu": return "leaky_relu negative_slope=\(node.float("alpha", 0.01))"
    case "Elu": return node.float("alpha", 1) == 1 ? "elu" : "elu alpha=\(node.float("alpha", 1))"
    case "Selu":
      let (alpha, gamma) = (node.float("alpha", 1.673263), node.float("gamma", 1.050701))
      guard abs(alpha - 1.673263) < 1e-4, abs(gamma - 1.050701) < 1e-4 else {
        throw refusal(node, "its alpha and gamma are not those of selu")
      }
      return "selu"
    case "Gelu":
      guard node.text("approximate") ?? "none" == "none" else { throw refusal(node, "it is approximated by tanh") }
      return "gelu"
    case "HardSigmoid":
      let isOurs = abs(node.float("alpha", 0.2) - 1 / 6) < 1e-5 && node.float("beta", 0.5) == 0.5
      guard isOurs else { throw refusal(node, "its slope is not 1/6, as that of hard_sigmoid") }
      return "hard_sigmoid"
    case "Softmax":
      try checkSoftmax(node)
      return "softmax"
    default: return nil
    }
  }

  /// It has to go along the channels.
  private func checkSoftmax(_ node: Onnx_NodeProto) throws(Refusal) {
    let rank = pending?.words.first == "dense" ? 2 : image.rank + 1
    let axis = node.integer("axis", chain.operators < 13 ? 1 : -1)
    let place = axis < 0 ? axis + rank : axis
    // Before operator set 13, all axes behind it were one.
    let isAlone = chain.operators >= 13 || place == rank - 1
    guard isAlone, place == (isChannelsFirst ? 1 : rank - 1), place > 0 else {
      throw refusal(node, "its axis \(axis) is not that of the channels")
    }
  }

  // MARK: Norms, numbers, dropout

  mutating func batchNorm(_ node: Onnx_NodeProto) throws(Refusal) {
    guard shape.rank == 1 || isChannelsFirst else { throw refusal(node, "its channels are not in front") }
    guard node.integer("training_mode", 0) == 0, node.integer("spatial", 1) == 1 else {
      throw refusal(node, "it is for training")
    }
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
    guard !isChannelsFirst, axis == -1 || axis == shape.rank else {
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
    let isTurned = node.input.first != current
    guard let value = constant(node, isTurned ? 0 : 1)?.scalar, value.isFinite else {
      throw refusal(node, "it takes more than one number besides")
    }
    if isBytes { return try takeBytes(node, value) }
    switch node.opType {
    case "Add": try add("rescaling 1 \(value)")
    case "Sub": try add(isTurned ? "rescaling -1 \(value)" : "rescaling 1 \(-value)")
    case "Mul": try add("rescaling \(value)")
    default:
      guard value != 0 else { throw refusal(node, "it divides by 0") }
      try add("rescaling \(1 / Double(value))")
    }
  }

  /// Whether bytes came in that stand for 0 to 1 here, and nothing has scaled them yet.
  private var isBytes: Bool { chain.input.isBytes && network.layers.isEmpty && bridge == nil }

  private func takeBytes(_ node: Onnx_NodeProto, _ value: Float) throws(Refusal) {
    let scale = node.opType == "Div" ? 1 / value : node.opType == "Mul" ? value : 0
    guard abs(scale * 255 - 1) < 1e-5 else { throw refusal(node, "bytes from 0 to 255 stand for 0 to 1 here") }
  }

  private func cast(_ node: Onnx_NodeProto) throws(Refusal) {
    guard node.integer("to", 0) == Onnx_TensorProto.DataType.float.rawValue else {
      throw refusal(node, "it makes something else of floats")
    }
  }

  mutating func dropout(_ node: Onnx_NodeProto) throws(Refusal) {
    let ratio = constant(node, 1)?.scalar ?? node.float("ratio", 0.5)
    guard constant(node, 2)?.scalar ?? 0 == 0 else { throw refusal(node, "it is for training") }
    guard ratio >= 0, ratio < 1 else { throw refusal(node, "its ratio is \(ratio)") }
    try add("dropout \(ratio)")
  }
}
