import Engine
import Grammar

// What only shapes the data, and what brings it to one size.
extension TorchModules {
  mutating func flatten(_ input: Shape) {
    if isChannelsFirst { flattened = input.extents }
    modules.append(TorchModule("nn.Flatten()"))
    isChannelsFirst = false
  }

  mutating func reshape(_ input: Shape, _ output: Shape) throws(Refusal) {
    guard flattened == nil else { throw .reshapedImage }
    if isChannelsFirst { channelsLast(input.rank) }
    modules.append(TorchModule("nn.Flatten()"))
    isChannelsFirst = output.rank > 1
    guard output.rank > 1 else { return }
    modules.append(TorchModule("nn.Unflatten(1, \(Python.tuple(output.extents.map(String.init))))"))
    channelsBack(output.rank)
  }

  private mutating func channelsLast(_ rank: Int) {
    modules.append(TorchModule("Permute(\(([0] + (2...rank) + [1]).map(String.init).joined(separator: ", ")))"))
  }

  private mutating func channelsBack(_ rank: Int) {
    modules.append(TorchModule("Permute(\(([0, rank] + (1..<rank)).map(String.init).joined(separator: ", ")))"))
  }

  mutating func batchNorm(_ spelling: Spelling, _ slots: [WeightSlot], _ input: Shape) {
    let momentum = 1 - (spelling["momentum"].flatMap(Double.init) ?? 0.99)
    let isAffine = spelling["center"] != "no" || spelling["scale"] != "no"
    let width = input.last
    var tensors = isAffine
      ? [norm("weight", "gamma", 1, slots, width), norm("bias", "beta", 0, slots, width)] : []
    tensors.append(norm("running_mean", "moving_mean", 0, slots, width))
    tensors.append(norm("running_var", "moving_variance", 1, slots, width))
    let rank = input.rank == 3 ? 2 : 1
    modules.append(
      TorchModule(
        "nn.BatchNorm\(rank)d(\(width), eps=\(spelling["epsilon"] ?? "0.001"), momentum=\(Float(momentum))"
          + "\(isAffine ? "" : ", affine=False"))", tensors))
  }

  mutating func layerNorm(_ spelling: Spelling, _ slots: [WeightSlot], _ input: Shape) {
    let isAffine = spelling["center"] != "no" || spelling["scale"] != "no"
    let width = input.last
    if isChannelsFirst { channelsLast(input.rank) }
    modules.append(
      TorchModule(
        "nn.LayerNorm(\(width), eps=\(spelling["epsilon"] ?? "0.001")\(isAffine ? "" : ", elementwise_affine=False"))",
        isAffine ? [norm("weight", "gamma", 1, slots, width), norm("bias", "beta", 0, slots, width)] : []))
    if isChannelsFirst { channelsBack(input.rank) }
  }

  /// A tensor of a norm: ours in the order that the row has, or what it begins with where there is none.
  private func norm(_ name: String, _ own: String, _ start: Float, _ slots: [WeightSlot], _ width: Int) -> TorchTensor {
    guard let slot = slots.first(where: { $0.weight.name == own }) else {
      return TorchTensor(name: name, shape: [width], numbers: .constant(start))
    }
    guard let view = flattened else { return plain(name, slot) }
    return TorchTensor(name: name, shape: [width], numbers: .turned(slot, view: view, axes: channelsFirst(view.count)))
  }
}

extension Network {
  /// Layers that take every number by itself, in any order.
  private static let elementwise: Set = ["dropout", "gaussian_noise", "rescaling"]

  /// Whether examples become a row before anything asks which of their numbers are channels.
  var beginsWithRow: Bool {
    let first = layers.first { !Network.elementwise.contains($0.name) }
    return first.map { ["flatten", "reshape"].contains($0.name) } ?? true
  }
}

extension Refusal {
  fileprivate static let reshapedImage = Refusal(
    "reshape behind a flattened image needs its numbers in an order that PyTorch does not have", hint: "remove")
}

extension TorchModules {
  /// Whether the data itself has its channels in front.
  var isInputChannelsFirst: Bool {
    network.shapes.first == network.data && network.data.rank > 1 && !network.beginsWithRow
  }

  /// The expression of what large weights add to the loss.
  func penalties(_ network: Network) -> String {
    var terms: [String] = []
    for (index, module) in modules.enumerated() where module.tensors.contains(where: { $0.name == "weight" }) {
      guard let layer = module.layer, let spelling = Layers.catalogue.spelling(network.layers[layer]) else { continue }
      for (name, value) in [("l1", "abs()"), ("l2", "square()")] {
        guard let factor = spelling[name], Double(factor) != 0 else { continue }
        terms.append("\(factor) * model[\(index)].weight.\(value).sum()")
      }
    }
    return terms.isEmpty ? "0.0" : terms.joined(separator: " + ")
  }
}
