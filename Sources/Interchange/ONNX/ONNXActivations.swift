import Engine
import Grammar
import Schemas

// Operators that are an activation, or one between two rescalings.
extension ONNXReader {
  /// Reads an operator that is an activation; whether it is.
  mutating func readActivation(_ node: Onnx_NodeProto) throws(Refusal) -> Bool {
    if let activation = try activation(node) {
      try activate(activation)
      return true
    }
    switch node.opType {
    case "HardSigmoid": try hardSigmoid(node)
    case "Selu": try selu(node)
    case "Celu": try celu(node)
    case "Clip": try clip(node)
    case "Max" where node.input.count == 2: try clip(node, from: try bound(node), to: nil)
    case "Min" where node.input.count == 2: try clip(node, from: nil, to: try bound(node))
    default: return false
    }
    return true
  }

  mutating func activate(_ activation: String) throws(Refusal) {
    if pending != nil, pending?.activation == nil {
      pending?.activation = activation
    } else {
      try flush()
      pending = PendingLayer(index: index, words: ["activation"], activation: activation, named: [], values: [:])
    }
  }

  /// The activation that an operator is, as it would be typed; nil for other operators.
  private func activation(_ node: Onnx_NodeProto) throws(Refusal) -> String? {
    switch node.opType {
    case "Relu": return "relu"
    case "Sigmoid": return "sigmoid"
    case "Tanh": return "tanh"
    case "Softplus": return "softplus"
    case "Softsign": return "softsign"
    case "Exp": return "exponential"
    case "LeakyRelu": return "leaky_relu negative_slope=\(node.float("alpha", 0.01))"
    case "Elu": return node.float("alpha", 1) == 1 ? "elu" : "elu alpha=\(node.float("alpha", 1))"
    case "Gelu":
      guard node.text("approximate") ?? "none" == "none" else { throw refusal(node, "it is approximated by tanh") }
      return "gelu"
    case "PRelu":
      guard let slopes = constant(node, 1)?.values, let first = slopes.first else {
        throw refusal(node, "its slopes are missing")
      }
      guard slopes.allSatisfy({ $0 == first }) else { throw refusal(node, "its slopes differ, and leaky_relu has one") }
      return "leaky_relu negative_slope=\(first)"
    case "Softmax":
      // Before operator set 13, all axes behind it were one.
      let isAlone = chain.operators >= 13
      try checkSoftmax(node, axis: node.integer("axis", isAlone ? -1 : 1), isAlone: isAlone)
      return "softmax"
    default: return nil
    }
  }

  /// It has to go along the channels.
  /// - Parameter isAlone: whether it goes along this axis, not along all from it on.
  func checkSoftmax(_ node: Onnx_NodeProto, axis: Int, isAlone: Bool) throws(Refusal) {
    let place = axis < 0 ? axis + rank : axis
    guard isAlone || place == rank - 1, place == (rank == 2 ? 1 : channelAxis) else {
      throw refusal(node, "its axis \(axis) is not that of the channels")
    }
  }

  // MARK: Between rescalings

  /// A number's factor, and what is added then.
  typealias Line = (scale: Float, offset: Float)

  mutating func rescale(_ line: Line, _ node: Onnx_NodeProto) throws(Refusal) {
    if line == (1, 0) { return }
    guard line.scale.isFinite, line.offset.isFinite else {
      throw refusal(node, "its numbers are too far apart for single precision")
    }
    try flush()
    try add("rescaling \(line.scale)\(line.offset == 0 ? "" : " \(line.offset)")")
  }

  private mutating func activate(
    _ activation: String, of inner: Line, then outer: Line, _ node: Onnx_NodeProto
  ) throws(Refusal) {
    try rescale(inner, node)
    try activate(activation)
    try rescale(outer, node)
  }

  /// min(max(α·x + β, 0), 1); that of ours has α = 1/6 and β = 0.5.
  private mutating func hardSigmoid(_ node: Onnx_NodeProto) throws(Refusal) {
    let (alpha, beta) = (node.float("alpha", 0.2), node.float("beta", 0.5))
    let isOurs = abs(alpha - 1 / 6) < 1e-5 && beta == 0.5
    try activate("hard_sigmoid", of: isOurs ? (1, 0) : (6 * alpha, 6 * (beta - 0.5)), then: (1, 0), node)
  }

  /// γ·elu(x) with a depth of α.
  private mutating func selu(_ node: Onnx_NodeProto) throws(Refusal) {
    let (alpha, gamma) = (node.float("alpha", 1.673263), node.float("gamma", 1.050701))
    if abs(alpha - 1.673263) < 1e-4, abs(gamma - 1.050701) < 1e-4 { return try activate("selu") }
    try activate("elu alpha=\(alpha)", of: (1, 0), then: (gamma, 0), node)
  }

  /// α·elu(x / α).
  private mutating func celu(_ node: Onnx_NodeProto) throws(Refusal) {
    let alpha = node.float("alpha", 1)
    guard alpha > 0 else { throw refusal(node, "its alpha is \(alpha)") }
    try activate("elu", of: (1 / alpha, 0), then: (alpha, 0), node)
  }

  private mutating func clip(_ node: Onnx_NodeProto) throws(Refusal) {
    let names = ["min", "max"]
    var bounds: [Float?] = [nil, nil]
    for (place, name) in names.enumerated() {
      if node.input.count > place + 1, !node.input[place + 1].isEmpty {
        guard let value = constant(node, place + 1)?.scalar else { throw refusal(node, "its \(name) is no number") }
        bounds[place] = value
      } else {
        bounds[place] = node.attribute(name)?.f
      }
    }
    try clip(node, from: bounds[0], to: bounds[1])
  }

  /// The number that a node of two inputs takes besides.
  private func bound(_ node: Onnx_NodeProto) throws(Refusal) -> Float {
    guard let value = constant(node, node.input.first == current ? 1 : 0)?.scalar else {
      throw refusal(node, "it takes more than one number besides")
    }
    if let tensor = besides(node) { try checkRank(tensor, node) }
    return value
  }

  /// Numbers near 0 lose what a bound has before them: 128·2⁻²⁴ is 8e-6.
  private static let widest: Float = 128

  /// min(max(x, low), high): relu has a bound, hard_sigmoid two.
  private mutating func clip(_ node: Onnx_NodeProto, from low: Float?, to high: Float?) throws(Refusal) {
    // What all numbers keep to is no bound.
    let low = low.flatMap { $0 <= -.greatestFiniteMagnitude ? nil : $0 }
    let high = high.flatMap { $0 >= .greatestFiniteMagnitude ? nil : $0 }
    if let low, let high, low >= high { throw refusal(node, "there is nothing between its bounds") }
    guard [low, high].allSatisfy({ abs($0 ?? 0) <= ONNXReader.widest }) else {
      throw refusal(node, "its bounds are too wide for single precision; expected -128 to 128")
    }
    switch (low, high) {
    case (nil, nil): return
    case (let low?, nil): try activate("relu", of: (1, -low), then: (1, low), node)
    case (nil, let high?): try activate("relu", of: (-1, high), then: (-1, high), node)
    case (let low?, let high?):
      let width = high - low
      try activate("hard_sigmoid", of: (6 / width, -6 * low / width - 3), then: (width, low), node)
    }
  }
}
