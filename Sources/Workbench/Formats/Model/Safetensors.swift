import Engine
import Grammar

/// Weights in a file: safetensors, float32, in Keras's layouts, named `1.dense.kernel`.
package enum Safetensors {
  /// The bytes of a file with all of a network's tensors.
  package static func encode(_ network: Network) -> [UInt8] {
    TensorFile.encode(network.tensors.count) { index in
      let tensor = network.tensors[index]
      return TensorFile.Array32(
        name: tensor.name, shape: tensor.weight.shape.extents, numbers: .floats(network[tensor]))
    }
  }

  /// Puts a file's tensors into a network of the same layers.
  /// - Throws: `Refusal` when a name, a shape or a length is wrong; the network is as it was then.
  package static func decode(_ bytes: [UInt8], into network: inout Network, path: String) throws(Refusal) {
    let file = try TensorFile(bytes, path: path)
    for name in file.entries.keys.sorted() where !network.tensors.contains(where: { $0.name == name }) {
      throw .unknownName(path, name, network)
    }
    let read = try filled(network, from: file)
    try file.checkGapless()
    network = read
  }

  /// A network with the numbers of a file in the place of its own.
  /// - Parameter prefix: what stands before the tensors' names.
  static func filled(_ network: Network, from file: TensorFile, prefix: String = "") throws(Refusal) -> Network {
    var filled = network
    for tensor in network.tensors {
      guard let entry = file.entries[prefix + tensor.name] else { throw .missingName(file.path, tensor) }
      guard entry.shape == tensor.weight.shape.extents else {
        throw .wrongShape(
          file.path, tensor, entry.shape, isTurned: entry.shape == tensor.weight.shape.extents.reversed())
      }
      filled[tensor] = try file.floats(prefix + tensor.name)
    }
    return filled
  }
}

extension Refusal {
  fileprivate static func unknownName(_ path: String, _ name: String, _ network: Network) -> Refusal {
    let names = network.tensors.map(\.name).joined(separator: ", ")
    let torch = name.hasSuffix(".weight") ? "; .weight is how PyTorch names a kernel" : ""
    return Refusal("\(path) holds \(name), which this network does not have; it has \(names)\(torch)", hint: "summary")
  }
  fileprivate static func missingName(_ path: String, _ tensor: WeightSlot) -> Refusal {
    Refusal("\(path) lacks \(tensor.name) \(tensor.weight.shape)", hint: "summary")
  }
  fileprivate static func wrongShape(
    _ path: String, _ tensor: WeightSlot, _ extents: [Int], isTurned: Bool
  ) -> Refusal {
    let shape = extents.map(String.init).joined(separator: "×")
    let torch = isTurned ? "; it lies the other way round, as PyTorch has it" : ""
    return Refusal(
      "\(path): \(tensor.name) has the shape \(shape), expected \(tensor.weight.shape)\(torch)", hint: "summary")
  }
}
