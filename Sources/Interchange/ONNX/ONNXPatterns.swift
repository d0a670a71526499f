import Grammar
import Schemas

// Activations that are written out, as several nodes which do not go on from one another alone.
extension ONNXReader {
  /// Takes the nodes of such an activation; whether they begin here.
  mutating func readPattern() throws(Refusal) -> Bool {
    if isWeighed { return try readWeighed() }
    if nodes[index].input.first == current, !chain.input.isList, let axis = softmaxAxis(at: index, rank: rank) {
      try checkSoftmax(nodes[index], axis: axis, isAlone: true)
      try activate("softmax")
      skip(5)
      return true
    }
    guard isGelu else { return false }
    try activate("gelu")
    skip(5)
    return true
  }

  /// The nodes from a place on, where they are these operators.
  private func steps(_ operators: [String], at place: Int) -> [Onnx_NodeProto]? {
    let next = nodes.dropFirst(place).prefix(operators.count)
    return next.map(\.opType) == operators && next.allSatisfy { $0.output.count == 1 } ? Array(next) : nil
  }

  /// Goes on from what the last of the next nodes gives.
  private mutating func skip(_ count: Int) {
    index += count - 1
    (previous, current) = ("", nodes[index].output[0])
  }

  // MARK: Activations

  /// A value times its own sigmoid, which is `silu`.
  private var isWeighed: Bool {
    let node = nodes[index]
    return node.opType == "Mul" && Set(node.input) == [previous, current] && index > 0
      && nodes[index - 1].opType == "Sigmoid"
  }

  private mutating func readWeighed() throws(Refusal) -> Bool {
    guard pending?.activation == "sigmoid" else {
      throw refusal(nodes[index], "what it weighs is no layer that takes an activation")
    }
    pending?.activation = "silu"
    skip(1)
    return true
  }

  /// The axis of a softmax in its steps, e^(x − max x) / Σ e^(x − max x); nil where other nodes stand there.
  /// - Parameter rank: how many axes the value has, the batch among them.
  func softmaxAxis(at place: Int, rank: Int) -> Int? {
    guard let steps = steps(["ReduceMax", "Sub", "Exp", "ReduceSum", "Div"], at: place),
      let input = steps[0].input.first, steps[1].input == [input, steps[0].output[0]],
      steps[2].input == steps[1].output, steps[3].input.first == steps[2].output[0],
      steps[4].input == [steps[2].output[0], steps[3].output[0]],
      let axes = axes(steps[0]), let others = self.axes(steps[3]), axes.count == 1, others.count == 1,
      axes[0] == others[0] || (axes[0] &- others[0]).magnitude == rank && axes[0].signum() != others[0].signum(),
      steps[0].integer("keepdims", 1) != 0, steps[3].integer("keepdims", 1) != 0
    else { return nil }
    return axes[0]
  }

  /// Whether the next nodes are a gelu as PyTorch writes it, x·(erf(x / √2) + 1)·0.5.
  private var isGelu: Bool {
    guard let steps = steps(["Div", "Erf", "Add", "Mul", "Mul"], at: index), steps[0].input.first == current,
      let root = constant(steps[0], 1)?.scalar, abs(root * root - 2) < 1e-4, steps[1].input == steps[0].output,
      let one = chain.constants[other(steps[2], steps[1])]?.scalar, one == 1,
      other(steps[3], steps[2]) == current,
      let half = chain.constants[other(steps[4], steps[3])]?.scalar, half == 0.5
    else { return false }
    return true
  }

  /// What a node of two inputs takes besides that of the step before it; empty where it does not take that.
  private func other(_ node: Onnx_NodeProto, _ before: Onnx_NodeProto) -> String {
    guard node.input.count == 2, let place = node.input.firstIndex(of: before.output[0]) else { return "" }
    return node.input[1 - place]
  }

  /// The axes that a node takes together.
  func axes(_ node: Onnx_NodeProto) -> [Int]? { constant(node, 1)?.integers ?? node.integers("axes") }
}
