import Engine
import Files
import Grammar
import Interchange

/// Weights in a file: safetensors, in Keras's layouts, named `1.dense.kernel`, unless another layout is asked for.
package enum Safetensors {
  /// The bytes of a file with all of a network's tensors.
  package static func encode(_ network: Network) -> [UInt8] {
    TensorFile.encode(arrays(network))
  }

  /// A network's tensors in order.
  /// - Parameter prefix: what stands before their names.
  static func arrays(_ network: Network, prefix: String = "") -> [TensorFile.Array32] {
    network.tensors.map { tensor in
      TensorFile.Array32(prefix + tensor.name, tensor.weight.shape.extents, .float) {
        (take: FileWriter.Sink) throws(FileError) in try network.read(tensor, take)
      }
    }
  }

  /// The bytes of a file in a layout and of a precision.
  /// - Parameters:
  ///   - texts: what it says of them besides.
  ///   - file: where they go, as it was typed.
  /// - Throws: `Refusal` when a layer cannot be laid out so, or a number is beyond the precision.
  package static func encode(
    _ network: Network, layout: WeightLayout, precision: WeightPrecision, texts: [(String, String)] = [],
    file: String = "weights.safetensors"
  ) throws(Refusal) -> [UInt8] {
    let tensors = try layout.tensors(network)
    if precision == .f16 {
      for tensor in tensors {
        // What is no number stays none at any precision.
        let beyond = tensor.values(network).first { $0.isFinite && !Float16($0).isFinite }
        if let beyond { throw .beyondHalf(tensor.name, beyond, file) }
      }
    }
    return TensorFile.encode(
      tensors.map { tensor in
        switch precision {
        case .f32: .init(tensor.name, tensor.shape, .float) { tensor.values(network) }
        case .f16: .init(tensor.name, tensor.shape, .half) { tensor.values(network).map { Float16($0) } }
        case .bf16: .init(tensor.name, tensor.shape, .brainFloat) { tensor.values(network).map(brainFloat) }
        }
      }, texts: texts)
  }

  /// The upper half of a number's bits, rounded to the nearest, to even between two; what is no number stays none.
  private static func brainFloat(_ value: Float) -> UInt16 {
    if value.isNaN { return 0x7FC0 }
    let bits = value.bitPattern
    return UInt16(truncatingIfNeeded: (UInt64(bits) + 0x7FFF + UInt64(bits >> 16 & 1)) >> 16)
  }

  /// Puts the tensors of a file in another layout into a network of the same layers.
  /// - Throws: `Refusal` when a name, a shape or a length is wrong; the network is as it was then.
  package static func decode(
    _ bytes: [UInt8], into network: inout Network, layout: WeightLayout, path: String
  ) throws(Refusal) {
    if layout == .keras { return try decode(bytes, into: &network, path: path) }
    let (file, tensors) = (try TensorFile(bytes, path: path), try layout.tensors(network))
    for name in file.entries.keys.sorted()
    where !layout.isPassedOver(name) && !tensors.contains(where: { $0.name == name }) {
      throw .strangeName(path, name, tensors.map(\.name))
    }
    var filled = network
    for tensor in tensors {
      guard let entry = file.entries[tensor.name] else {
        throw Refusal("\(path) lacks \(tensor.name) \(Shape(tensor.shape))", hint: "summary")
      }
      guard entry.shape == tensor.shape else { throw .otherShape(path, tensor, entry.shape) }
      tensor.restore(try file.floats(tensor.name), &filled)
    }
    try file.checkGapless()
    network = filled
  }

  /// Puts a file's tensors into a network of the same layers.
  /// - Throws: `Refusal` when a name, a shape or a length is wrong; the network is as it was then.
  package static func decode(_ bytes: [UInt8], into network: inout Network, path: String) throws(Refusal) {
    let file = try TensorFile(bytes, path: path)
    for name in file.entries.keys.sorted()
    where !network.tensors.contains(where: { $0.name == name }) && !ModelFile.isPassedOver(name, in: file) {
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
    try fill(&filled, from: file, prefix: prefix)
    return filled
  }

  /// Puts the numbers of a file in the place of a network's own.
  /// - Parameter prefix: what stands before the tensors' names.
  static func fill(_ network: inout Network, from file: TensorFile, prefix: String = "") throws(Refusal) {
    for tensor in network.tensors {
      guard let entry = file.entries[prefix + tensor.name] else { throw .missingName(file.path, tensor) }
      guard entry.shape == tensor.weight.shape.extents else {
        throw .wrongShape(
          file.path, tensor, entry.shape, isTurned: entry.shape == tensor.weight.shape.extents.reversed())
      }
      try file.fill(tensor, of: &network, from: prefix + tensor.name)
    }
  }
}

extension Refusal {
  fileprivate static func beyondHalf(_ name: String, _ value: Float, _ file: String) -> Refusal {
    Refusal(
      "\(name) holds \(value), and half precision ends at 65504",
      hint: "save weights \(ArgumentType<String>.quote(file)) type=bf16")
  }
  fileprivate static func strangeName(_ path: String, _ name: String, _ names: [String]) -> Refusal {
    let keras = name.hasSuffix(".kernel") ? "; .kernel is how Keras names a weight" : ""
    return Refusal(
      "\(path) holds \(name), which this network does not have; it has \(names.joined(separator: ", "))\(keras)",
      hint: "summary")
  }
  fileprivate static func otherShape(_ path: String, _ tensor: WeightTensor, _ extents: [Int]) -> Refusal {
    Refusal("\(path): \(tensor.name) has the shape \(Shape(extents)), expected \(Shape(tensor.shape))", hint: "summary")
  }
  fileprivate static func unknownName(_ path: String, _ name: String, _ network: Network) -> Refusal {
    let names = network.tensors.map(\.name).joined(separator: ", ")
    let torch = name.hasSuffix(".weight") ? "; .weight is how PyTorch names a kernel: layout=torch reads it" : ""
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
