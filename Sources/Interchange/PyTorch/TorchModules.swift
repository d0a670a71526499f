import Engine
import Grammar

/// The layers of a network as PyTorch's `Sequential` has them.
///
/// Images are `[batch, channels, height, width]` there, sequences `[batch, channels, steps]`. What flattens them gives
/// another order of the same numbers, which the kernel behind it is turned for.
struct TorchModules {
  var modules: [TorchModule] = []
  /// Whether examples have their channels in front of the other axes.
  var isChannelsFirst = false
  /// The extents that a row was flattened from with its channels first; nil where its order is ours.
  var flattened: [Int]?
  let network: Network

  /// - Throws: `Refusal` that names a layer which PyTorch does not have.
  init(_ network: Network) throws(Refusal) {
    self.network = network
    try begin()
    for index in network.layers.indices {
      let first = modules.count
      try add(network.layers[index], at: index)
      for place in first..<modules.count { modules[place].layer = index }
    }
  }

  /// Named as `state_dict` names them: `1.weight`.
  var tensors: [(name: String, tensor: TorchTensor)] {
    modules.enumerated().flatMap { index, module in module.tensors.map { ("\(index).\($0.name)", $0) } }
  }

  private mutating func begin() throws(Refusal) {
    guard let first = network.shapes.first else { return }
    if first == network.data {
      isChannelsFirst = first.rank > 1 && !network.beginsWithRow
    } else if first.rank == 1 {
      modules.append(TorchModule("nn.Flatten()"))
    } else {
      // One channel, which stands in front.
      let extents = [1] + first.extents.dropLast()
      modules.append(TorchModule("nn.Flatten()"))
      modules.append(TorchModule("nn.Unflatten(1, \(Python.tuple(extents.map(String.init))))"))
      isChannelsFirst = true
    }
  }

  private mutating func add(_ layer: any Layer, at index: Int) throws(Refusal) {
    guard let spelling = Layers.catalogue.spelling(layer) else { throw Refusal("\(layer.name) has no form") }
    let (input, output) = (network.shapes[index], network.shapes[index + 1])
    let slots = network.tensors.filter { $0.layer == index }
    switch spelling.name {
    case "dense": linear(slots, input, output)
    case "conv2d", "depthwise_conv2d", "conv1d": convolution(spelling, slots, input, output)
    case "maxpool2d", "maxpool1d", "avgpool2d", "avgpool1d": try pool(spelling, input, output)
    case "globalmaxpool2d", "globalavgpool2d", "globalmaxpool1d", "globalavgpool1d": reduce(spelling.name)
    case "flatten": flatten(input)
    case "reshape": try reshape(input, output)
    case "zeropadding2d":
      let pair = WindowSides.extents(spelling["padding"], 2)
      modules.append(TorchModule("nn.ZeroPad2d((\(pair[1]), \(pair[1]), \(pair[0]), \(pair[0])))"))
    case "batchnorm": batchNorm(spelling, slots, input)
    case "layernorm": layerNorm(spelling, slots, input)
    case "dropout": modules.append(TorchModule("nn.Dropout(\(spelling["rate"] ?? "0"))"))
    case "spatial_dropout2d": modules.append(TorchModule("nn.Dropout2d(\(spelling["rate"] ?? "0"))"))
    case "gaussian_noise": modules.append(TorchModule("GaussianNoise(\(spelling["stddev"] ?? "0"))"))
    case "rescaling":
      modules.append(TorchModule("Rescaling(\(spelling["scale"] ?? "1"), \(spelling["offset"] ?? "0"))"))
    case "activation": break
    default: throw TorchNames.refusal(spelling.name)
    }
    try activate(layer.activation)
  }

  private mutating func activate(_ activation: any Activation) throws(Refusal) {
    let spelling = Activations.catalogue.spelling(activation)
    switch activation.name {
    case "linear": return
    case "leaky_relu": modules.append(TorchModule("nn.LeakyReLU(\(spelling?["negative_slope"] ?? "0.2"))"))
    case "elu": modules.append(TorchModule("nn.ELU(\(spelling?["alpha"] ?? "1"))"))
    default:
      guard let python = TorchNames.activations[activation.name] else { throw TorchNames.refusal(activation.name) }
      modules.append(TorchModule(python))
    }
  }
}

// MARK: Kernels

extension TorchModules {
  /// `[in, out]` → `[out, in]`, what was flattened with its channels first taken back into that order.
  private mutating func linear(_ slots: [WeightSlot], _ input: Shape, _ output: Shape) {
    let view = (flattened ?? [input.count]) + [output.count]
    var tensors: [TorchTensor] = []
    for slot in slots {
      tensors.append(
        slot.weight.name == "bias"
          ? plain("bias", slot)
          : TorchTensor(
            name: "weight", shape: [output.count, input.count],
            numbers: .turned(slot, view: view, axes: [view.count - 1] + channelsFirst(view.count - 1))))
    }
    let bias = slots.count == 1 ? ", bias=False" : ""
    modules.append(TorchModule("nn.Linear(\(input.count), \(output.count)\(bias))", tensors))
    flattened = nil
  }

  /// Channels in front of the other axes, where there are other axes.
  func channelsFirst(_ rank: Int) -> [Int] { [rank - 1] + (0..<rank - 1) }

  private mutating func convolution(_ spelling: Spelling, _ slots: [WeightSlot], _ input: Shape, _ output: Shape) {
    let rank = input.rank - 1
    let size = WindowSides.extents(spelling["kernel"], rank)
    let strides = WindowSides.extents(spelling["strides"], rank)
    let dilation = WindowSides.extents(spelling["dilation"], rank)
    let isDepthwise = spelling.name == "depthwise_conv2d"
    let reach = zip(size, dilation).map { ($0 - 1) * $1 + 1 }
    pad(WindowSides(spelling["padding"] ?? "valid", input, reach: reach, strides: strides).sides, with: "0.0")
    var arguments = ["\(input.last)", "\(output.last)", TorchModules.tuple(size)]
    if strides.contains(where: { $0 != 1 }) { arguments.append("stride=\(TorchModules.tuple(strides))") }
    if dilation.contains(where: { $0 != 1 }) { arguments.append("dilation=\(TorchModules.tuple(dilation))") }
    if isDepthwise { arguments.append("groups=\(input.last)") }
    if slots.count == 1 { arguments.append("bias=False") }
    let tensors = slots.map { slot -> TorchTensor in
      guard slot.weight.name != "bias" else { return plain("bias", slot) }
      let view = slot.weight.shape.extents
      // [kh, kw, in, out] → [out, in, kh, kw]; depthwise [kh, kw, in, m] → [in·m, 1, kh, kw]
      let axes = (isDepthwise ? [rank, rank + 1] : [rank + 1, rank]) + (0..<rank)
      let shape = [output.last, isDepthwise ? 1 : input.last] + size
      return TorchTensor(name: "weight", shape: shape, numbers: .turned(slot, view: view, axes: axes))
    }
    modules.append(TorchModule("nn.Conv\(rank)d(\(arguments.joined(separator: ", ")))", tensors))
  }

  /// A tensor of one axis, or one as it lies.
  func plain(_ name: String, _ slot: WeightSlot) -> TorchTensor {
    let extents = slot.weight.shape.extents
    return TorchTensor(name: name, shape: extents, numbers: .turned(slot, view: extents, axes: Array(extents.indices)))
  }
}

// MARK: Windows

extension TorchModules {
  private mutating func pad(_ padding: [(Int, Int)], with value: String) {
    guard padding.contains(where: { $0 != (0, 0) }) else { return }
    let sides = padding.reversed().flatMap { ["\($0.0)", "\($0.1)"] }
    modules.append(TorchModule("nn.ConstantPad\(padding.count)d(\(Python.tuple(sides)), \(value))"))
  }

  private mutating func pool(_ spelling: Spelling, _ input: Shape, _ output: Shape) throws(Refusal) {
    let rank = input.rank - 1
    let size = WindowSides.extents(spelling["pool_size"], rank)
    let strides = spelling["strides"].map { WindowSides.extents($0, rank) } ?? size
    let padding = WindowSides(spelling["padding"] ?? "valid", input, reach: size, strides: strides).sides
    let (tuple, step) = (TorchModules.tuple(size), TorchModules.tuple(strides))
    if spelling.name.hasPrefix("max") {
      pad(padding, with: "float(\"-inf\")")
      return modules.append(TorchModule("nn.MaxPool\(rank)d(\(tuple), stride=\(step))"))
    }
    guard zip(padding, size).allSatisfy({ $0.0 == $0.1 && 2 * $0.0 <= $1 }) else { throw .unevenMean(spelling.name) }
    let isPadded = padding.contains { $0.0 > 0 }
    let edges = isPadded ? ", padding=\(TorchModules.tuple(padding.map(\.0))), count_include_pad=False" : ""
    modules.append(TorchModule("nn.AvgPool\(rank)d(\(tuple), stride=\(step)\(edges))"))
  }

  private mutating func reduce(_ name: String) {
    let kind = name.hasPrefix("globalmax") ? "Max" : "Avg"
    modules.append(TorchModule("nn.Adaptive\(kind)Pool\(name.hasSuffix("2d") ? 2 : 1)d(1)"))
    modules.append(TorchModule("nn.Flatten()"))
    isChannelsFirst = false
  }

  private static func tuple(_ extents: [Int]) -> String {
    Set(extents).count == 1 ? "\(extents[0])" : Python.tuple(extents.map(String.init))
  }
}

extension Refusal {
  fileprivate static func unevenMean(_ name: String) -> Refusal {
    Refusal(
      "\(name) with padding=same reaches unevenly over the edges here, which PyTorch's means do not",
      hint: "help \(name)")
  }
}
