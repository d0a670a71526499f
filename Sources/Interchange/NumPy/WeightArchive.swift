import Datasets
import Engine
import Grammar

/// Weights as NumPy's arrays, in Keras's layouts under our names, in an `.npz`.
public enum WeightArchive {
  /// - Throws: `Refusal` when they are too many for an archive.
  public static func bytes(_ network: Network) throws(Refusal) -> [UInt8] {
    let size = network.parameters.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !size.overflow, size.partialValue < NPZArchive.limit - network.tensors.count * 1024 else {
      throw Refusal(
        "an .npz holds at most \(NPZArchive.limit) bytes, and these weights are more",
        hint: "save weights weights.safetensors")
    }
    return NPZArchive.bytes(
      network.tensors.map { NPZArchive.Array($0.name, shape: $0.weight.shape.extents, network[$0]) })
  }

  /// The network with the numbers of a file in the place of its own.
  /// - Throws: `Refusal` when a name, a shape or a type is wrong.
  public static func read(_ path: String, into network: Network) throws(Refusal) -> Network {
    let archive = try NPZ(path)
    var filled = network
    let names = Set(network.tensors.map(\.name))
    if let stranger = archive.names.first(where: { !names.contains($0) }) {
      throw Refusal(
        "\(path) holds \(stranger), which this network does not have; it has "
          + network.tensors.map(\.name).joined(separator: ", "), hint: "summary")
    }
    for tensor in network.tensors {
      let array = try archive.array(tensor.name)
      guard array.shape == tensor.weight.shape else {
        throw Refusal(
          "\(path): \(tensor.name) has the shape \(array.shape), expected \(tensor.weight.shape)", hint: "summary")
      }
      guard array.isFloats else {
        throw Refusal("\(path): \(tensor.name) does not hold floating-point numbers")
      }
      filled[tensor] = array.floats()
    }
    return filled
  }
}
