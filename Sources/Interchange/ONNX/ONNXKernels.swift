import Engine
import Grammar
import Schemas

// Operators with a kernel or a window.
extension ONNXReader {
  mutating func gemm(_ node: Onnx_NodeProto) throws(Refusal) {
    guard node.integer("transA", 0) == 0 else { throw refusal(node, "it turns its input round") }
    guard let matrix = constant(node, 1), matrix.shape.count == 2 else { throw refusal(node, "its matrix is missing") }
    let isTurned = node.integer("transB", 0) != 0
    let alpha = node.float("alpha", 1)
    try dense(node, matrix, isTurned: isTurned, factor: alpha)
    guard let bias = constant(node, 2) else { return }
    let (beta, units) = (node.float("beta", 1), isTurned ? matrix.shape[0] : matrix.shape[1])
    guard bias.values.count == units || bias.values.count == 1, bias.shape.dropLast().allSatisfy({ $0 == 1 }) else {
      throw refusal(node, "its bias differs from example to example")
    }
    let values = bias.values.count == units ? bias.values : [Float](repeating: bias.values[0], count: units)
    pending?.values["bias"] = values.map { $0 * beta }
  }

  mutating func multiply(_ node: Onnx_NodeProto) throws(Refusal) {
    guard let matrix = constant(node, 1), matrix.shape.count == 2 else { throw refusal(node, "its matrix is missing") }
    try dense(node, matrix, isTurned: false, factor: 1)
  }

  /// `[in, out]`, or `[out, in]` where it is turned.
  private mutating func dense(
    _ node: Onnx_NodeProto, _ matrix: ONNXTensor, isTurned: Bool, factor: Float
  ) throws(Refusal) {
    let (inputs, units) = isTurned ? (matrix.shape[1], matrix.shape[0]) : (matrix.shape[0], matrix.shape[1])
    let isRow = shape.rank == 1 || network.layers.isEmpty && flattened != nil
    guard units > 0 else { throw refusal(node, "its matrix has no columns") }
    guard !isChannelsFirst || flattened != nil, ones.back == 0 else {
      throw refusal(node, "its input has its channels in front, and it multiplies along the last axis")
    }
    guard (isRow ? shape.count : shape.last) == inputs else {
      throw refusal(node, "its matrix takes \(inputs) numbers, and there are \(shape)")
    }
    guard isRow || (2...3).contains(shape.rank) && ones == (0, 0) else { throw refusal(node, "its input is no row") }
    var values = isTurned ? Transposition(matrix.shape, [1, 0]).apply(matrix.values) : matrix.values
    if let extents = flattened, extents.count > 1, extents.reduce(1, *) == inputs {
      let rank = extents.count
      values = Transposition(extents + [units], [rank - 1] + (0..<rank - 1) + [rank]).invert(values)
    }
    if factor != 1 { values = values.map { $0 * factor } }
    // What takes each step of a sequence, or each pixel, by itself is a convolution with a window of one.
    let words = isRow ? ["dense", "\(units)"] : ["conv\(shape.rank - 1)d", "\(units)", "1"]
    let rank = isRow ? 2 : shape.rank + 1
    pending = PendingLayer(
      index: index, words: words, named: [], values: ["kernel": values], outputs: (units, rank - 1, rank))
  }

  /// Takes into a kernel what goes on with each of its outputs by itself: a vector behind a product is its bias.
  /// - Returns: whether a kernel is there, and the node such a one.
  mutating func fold(_ node: Onnx_NodeProto) throws(Refusal) -> Bool {
    guard ["Add", "Sub", "Mul", "Div"].contains(node.opType), let layer = pending, layer.activation == nil,
      let outputs = layer.outputs, let kernel = layer.values["kernel"], let numbers = besides(node),
      numbers.values.count == outputs.count, numbers.shape.count <= outputs.rank,
      outputs.count == 1 || axis(node, rank: outputs.rank) == outputs.axis
    else { return false }
    let (scales, offsets) = try lines(node, numbers)
    let scaled = kernel.enumerated().map { $1 * scales[$0 % outputs.count] }
    let bias = layer.values["bias"] ?? scales.map { _ in 0 }
    let moved = bias.indices.map { bias[$0] * scales[$0] + offsets[$0] }
    guard (scaled + moved).allSatisfy(\.isFinite) else { return false }
    pending?.values["kernel"] = scaled
    if layer.values["bias"] != nil || ["Add", "Sub"].contains(node.opType) { pending?.values["bias"] = moved }
    return true
  }

  mutating func convolve(_ node: Onnx_NodeProto) throws(Refusal) {
    if ones.back > 1 {
      // What a global pool leaves is an image of one pixel.
      try add("reshape 1 1 \(shape.count)")
      (isChannelsFirst, ones) = (true, (0, 0))
    }
    guard isChannelsFirst else { throw refusal(node, "its channels are not in front") }
    guard let weights = constant(node, 1) else { throw refusal(node, "its kernel is missing") }
    let (rank, channels) = (weights.shape.count - 2, imageChannels)
    guard rank == 1 || rank == 2, imageRank == rank else {
      throw refusal(node, "its kernel has \(max(0, rank)) axes to slide along, the image \(imageRank); expected 1 or 2")
    }
    guard !weights.shape.contains(0) else {
      throw refusal(node, "its kernel of \(Shape(weights.shape)) has no numbers")
    }
    let (size, group) = (Array(weights.shape.dropFirst(2)), node.integer("group", 1))
    guard node.integers("kernel_shape") ?? size == size else {
      throw refusal(node, "its kernel is \(size.word), and its kernel_shape says another")
    }
    let isDepthwise = group > 1 && group == channels && weights.shape[0] % channels == 0 && rank == 2
    guard group == 1 || isDepthwise, weights.shape[1] == (isDepthwise ? 1 : channels) else {
      throw refusal(node, "its kernel of \(Shape(weights.shape)) in \(group) groups does not fit \(channels) channels")
    }
    let window = try Window(node, size, image: image, self)
    if let zeros = window.zeros { try pad(zeros) }
    let filters = weights.shape[0]
    if let bias = constant(node, 2), bias.values.count != filters {
      throw refusal(node, "its bias has \(bias.values.count) numbers; expected one for each filter, \(filters)")
    }
    let ours = isDepthwise ? size + [channels, filters / channels] : size + [channels, filters]
    let axes = (isDepthwise ? [rank, rank + 1] : [rank + 1, rank]) + (0..<rank)
    var values = ["kernel": Transposition(ours, axes).invert(weights.values)]
    values["bias"] = constant(node, 2)?.values
    let name = isDepthwise ? "depthwise_conv2d" : "conv\(rank)d"
    let multiplier = isDepthwise ? ["depth_multiplier=\(filters / channels)"] : []
    pending = PendingLayer(
      index: index, words: [name] + (isDepthwise ? [] : ["\(filters)"]) + [size.word], named: window.words + multiplier,
      values: values, outputs: (filters, 1, rank + 2))
  }

  mutating func pool(_ node: Onnx_NodeProto) throws(Refusal) {
    guard isChannelsFirst, let size = node.integers("kernel_shape"), size.count == imageRank, size.count < 3 else {
      throw refusal(node, "its window has \(node.integers("kernel_shape")?.count ?? 0) axes, the image \(imageRank)")
    }
    guard (node.integers("dilations") ?? []).allSatisfy({ $0 == 1 }) else { throw refusal(node, "its window has gaps") }
    let isMean = node.opType == "AveragePool"
    let countsZeros = isMean && node.integer("count_include_pad", 0) != 0
    let window = try Window(node, size, image: image, countsZeros: countsZeros, self)
    if let zeros = window.zeros {
      // Where nothing is below 0, zeros are never larger than what lies beside them.
      guard isMean ? countsZeros : isNeverNegative else {
        throw refusal(node, "it reaches over the edges as no padding here does")
      }
      try pad(zeros)
    }
    try add("\(isMean ? "avgpool" : "maxpool")\(size.count)d \(size.word) \(window.words.joined(separator: " "))")
  }

  /// Whether the last layer's activation gives nothing below 0.
  private var isNeverNegative: Bool {
    let activations = ["relu", "sigmoid", "softmax", "softplus", "hard_sigmoid", "exponential"]
    return network.layers.last.map { activations.contains($0.activation.name) } ?? false
  }

  private mutating func pad(_ zeros: [Int]) throws(Refusal) { try add("zeropadding2d \(zeros.word)") }

  private var imageRank: Int { image.rank - 1 }
  private var imageChannels: Int { image.last }

  /// Strides, gaps and zeros of a window, as words of a layer.
  struct Window {
    let words: [String]
    /// Zeros that a layer of its own has to put around; nil where none has.
    let zeros: [Int]?

    /// - Parameter countsZeros: whether zeros at the edges count in a mean, as those of our padding do not.
    init(
      _ node: Onnx_NodeProto, _ size: [Int], image: Shape, countsZeros: Bool = false, _ reader: ONNXReader
    ) throws(Refusal) {
      let ones = size.map { _ in 1 }
      let (strides, dilations) = (node.integers("strides") ?? ones, node.integers("dilations") ?? ones)
      let pads = node.integers("pads") ?? (ones + ones).map { _ in 0 }
      let isSound = strides.count == size.count && dilations.count == size.count && pads.count == 2 * size.count
        && (size + strides + dilations).allSatisfy { (1...1 << 16).contains($0) }
        && pads.allSatisfy { (0...1 << 16).contains($0) }
      guard isSound else { throw reader.refusal(node, "its window is not a window") }
      let (rounding, isValid) = (node.integer("ceil_mode", 0) != 0, node.text("auto_pad") == "VALID")
      let reach = zip(size, dilations).map { ($0 - 1) * $1 + 1 }
      let rank = size.count
      var sides = (0..<rank).map { (pads[$0], pads[rank + $0]) }
      // A size that is rounded up is that of a longer image.
      for axis in 0..<rank where rounding {
        let room = image[axis] + sides[axis].0 + sides[axis].1 - reach[axis]
        let last = (room + strides[axis] - 1) / strides[axis] * strides[axis]
        guard room > 0, last > room, last < image[axis] + sides[axis].0 else { continue }
        // The formula of VALID does not round up, and programs do.
        guard !isValid else {
          throw reader.refusal(node, "its padding is VALID and its size rounded up, which is told two ways")
        }
        // Zeros that are laid count in a mean; those that only the size wants do not.
        if countsZeros { throw reader.refusal(node, "its means count some zeros at the edges, and others not") }
        sides[axis].1 += last - room
      }
      let kind = try Window.padding(node, sides, image, reach, strides, countsZeros, reader)
      zeros = kind == nil ? Array(pads.prefix(rank)) : nil
      words = ["strides=\(strides.word)", "padding=\(kind ?? "valid")"]
        + (dilations.contains { $0 != 1 } ? ["dilation=\(dilations.word)"] : [])
    }

    /// The padding that lays the same zeros; nil where a layer of its own can lay them, the same on both sides.
    private static func padding(
      _ node: Onnx_NodeProto, _ sides: [(Int, Int)], _ image: Shape, _ reach: [Int], _ strides: [Int],
      _ countsZeros: Bool, _ reader: ONNXReader
    ) throws(Refusal) -> String? {
      let same = WindowSides("same", image, reach: reach, strides: strides).sides
      let isEven = same.allSatisfy { $0.0 == $0.1 }
      switch node.text("auto_pad") ?? "NOTSET" {
      case "VALID": return "valid"
      case "SAME_UPPER" where !countsZeros: return "same"
      case "SAME_LOWER" where isEven && !countsZeros: return "same"
      case "NOTSET", "": break
      case _ where countsZeros: throw reader.refusal(node, "its means count the zeros at the edges")
      default: throw reader.refusal(node, "it lays the odd zero in front")
      }
      if sides.allSatisfy({ $0 == (0, 0) }) { return "valid" }
      if !countsZeros, zip(sides, same).allSatisfy({ $0 == $1 }) { return "same" }
      if sides.count == 1, node.opType == "Conv", sides[0] == (reach[0] - 1, 0) { return "causal" }
      guard sides.count == 2, sides.allSatisfy({ $0.0 == $0.1 }) else {
        throw reader.refusal(node, "it lays zeros as no padding here does")
      }
      return nil
    }
  }
}

extension [Int] {
  /// As it would be typed: `3x5`.
  fileprivate var word: String { map(String.init).joined(separator: "x") }
}
