import Engine
import Grammar

/// Where Keras keeps the weights of each layer in an HDF5 file, and ours that they become.
///
/// Keras 3.15 `saving_lib`: `layers/dense_1/vars/0`, layers of one class counted in their order, tensors in theirs.
/// Before (`legacy_h5_format`): names in the attributes `layer_names` and `weight_names`, in order.
package struct KerasWeights {
  /// A layer of Keras's, and the place of ours that has its weights; nil for one without.
  struct Place {
    let className: String
    let source: Int?
  }

  private let places: [Place]
  private let network: Network

  init(_ places: [Place], _ network: Network) { (self.places, self.network) = (places, network) }

  /// The places of a network as it would be written.
  package init(_ network: Network) throws(Refusal) {
    self.init(
      try KerasLayers(network).entries.map { Place(className: $0.object.className, source: $0.source) }, network)
  }

  /// The tensors of each layer that has some, with the path to its own in a file.
  private var groups: [(path: String, tensors: [WeightSlot])] {
    var (names, groups, given) = (KerasNames.Unique(), [(String, [WeightSlot])](), Set<Int>())
    for place in places {
      let name = names.next(place.className)
      // Where a layer became two, the first has the weights.
      guard let source = place.source, given.insert(source).inserted else { continue }
      let tensors = network.tensors.filter { $0.layer == source }
      if !tensors.isEmpty { groups.append(("layers/\(name)/vars", tensors)) }
    }
    return groups
  }

  // MARK: Writing

  /// Adds all weights to a file, each layer's in a group.
  func write(into file: HDF5Writer) throws(Refusal) {
    var names = KerasNames.Unique()
    for place in places where place.className != "Input" {
      try file.add(group: "layers/\(names.next(place.className))/vars")
    }
    for (path, tensors) in groups {
      for (index, slot) in tensors.enumerated() {
        try file.add("\(path)/\(index)", shape: slot.weight.shape.extents, network[slot])
      }
    }
  }

  /// The bytes of a `.weights.h5`.
  package func bytes(path: String) throws(Refusal) -> [UInt8] {
    try HDF5Writer.require(1, of: network, for: path)
    let file = try HDF5Writer(path: path)
    try write(into: file)
    return try file.bytes()
  }

  // MARK: Reading

  /// The network with the numbers of a file in the place of its own.
  /// - Throws: `Refusal` when a layer is missing or strange, or has another shape.
  package func filled(from file: HDF5File) throws(Refusal) -> Network {
    for group in ["", "model_weights"] {
      guard let layers = file.list(group, "layer_names") else { continue }
      return try filled(from: file, group: group, layers: layers)
    }
    guard file.arrays.keys.contains(where: { $0.contains("/vars/") }) else {
      throw Refusal("\(file.path) holds no weights of Keras's", hint: "summary")
    }
    var (filled, left) = (network, Set(file.arrays.keys.filter(isWeight)))
    for (path, tensors) in groups {
      // Keras 2.13 called the layers of a model its dependencies.
      let other = path.replacing("layers/", with: "_layer_checkpoint_dependencies/", maxReplacements: 1)
      let found = file.arrays["\(other)/0"] == nil ? path : other
      for (index, slot) in tensors.enumerated() {
        let name = "\(found)/\(index)"
        try put(file.arrays[name], named: name, from: file, into: slot, of: &filled)
        left.remove(name)
      }
    }
    guard let stranger = left.min() else { return filled }
    throw .stranger(file.path, stranger, groups.map(\.path))
  }

  /// Whether an array is of the weights of a layer or of the model: not what an optimizer or a metric remembers, nor
  /// where a random generator stands.
  private func isWeight(_ name: String) -> Bool {
    ["layers/", "_layer_checkpoint_dependencies/", "vars/"].contains(where: name.hasPrefix)
      && !name.contains("seed_generator") && !name.contains("random_generator")
  }

  private func filled(from file: HDF5File, group: String, layers: [String]) throws(Refusal) -> Network {
    let prefix = group.isEmpty ? "" : group + "/"
    let stored = layers.map { layer in
      (file.list(prefix + layer, "weight_names") ?? []).filter { !$0.contains("seed_generator_state") }
        .map { "\(prefix)\(layer)/\($0)" }
    }.filter { !$0.isEmpty }
    let groups = groups
    guard stored.count == groups.count else { throw .otherCount(file.path, stored.count, groups.count) }
    var filled = network
    for (names, (_, tensors)) in zip(stored, groups) {
      guard names.count == tensors.count else {
        throw Refusal(
          "\(file.path): \(names[0].shown) is of a layer with \(names.count) tensors, and "
            + "\(tensors[0].name) of one with \(tensors.count)", hint: "summary")
      }
      for (name, slot) in zip(names, tensors) {
        try put(file.arrays[name], named: name, from: file, into: slot, of: &filled)
      }
    }
    return filled
  }

  private func put(
    _ array: HDF5File.Array?, named name: String, from file: HDF5File, into slot: WeightSlot, of network: inout Network
  ) throws(Refusal) {
    guard let array else {
      throw Refusal(
        "\(file.path) lacks \(name.shown), which is to be \(slot.name) \(slot.weight.shape)", hint: "summary")
    }
    guard array.shape == slot.weight.shape.extents else {
      throw Refusal(
        "\(file.path): \(name.shown) has the shape \(Shape(array.shape)), and \(slot.name) has \(slot.weight.shape)",
        hint: "summary")
    }
    network[slot] = array.floats
  }
}

extension KerasNames {
  /// Names of layers as `saving_lib` counts them: `dense`, `dense_1`.
  struct Unique {
    private var counts: [String: Int] = [:]

    mutating func next(_ className: String) -> String {
      let name = KerasNames.snake(className)
      defer { counts[name, default: 0] += 1 }
      return counts[name].map { "\(name)_\($0)" } ?? name
    }
  }

  /// `LeakyReLU` → `leaky_re_lu`, after Keras 3.15 `to_snake_case`.
  static func snake(_ className: String) -> String {
    let letters = Array(className)
    var name = ""
    for (index, letter) in letters.enumerated() {
      let isNext = index + 1 < letters.count && letters[index + 1].isLowercase
      if index > 0, letter.isUppercase, isNext || letters[index - 1].isLowercase { name += "_" }
      name += letter.lowercased()
    }
    return name
  }
}

extension Refusal {
  fileprivate static func stranger(_ path: String, _ name: String, _ names: [String]) -> Refusal {
    let own = names.isEmpty ? "no weights" : names.joined(separator: ", ")
    return Refusal("\(path) holds \(name.shown), which this network does not have; it has \(own)", hint: "summary")
  }
  fileprivate static func otherCount(_ path: String, _ stored: Int, _ own: Int) -> Refusal {
    Refusal("\(path) holds \(stored) layers with weights, and this network has \(own)", hint: "summary")
  }
}
