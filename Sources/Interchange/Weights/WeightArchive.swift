import Datasets
import Engine
import Grammar

/// Weights as NumPy's arrays, in an `.npz`.
public enum WeightArchive {
  /// - Throws: `Refusal` when they are too many for an archive, or a layer cannot be laid out so.
  public static func bytes(_ network: Network, layout: WeightLayout = .keras) throws(Refusal) -> [UInt8] {
    let tensors = try layout.tensors(network)
    let size = network.parameters.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !size.overflow, size.partialValue < NPZArchive.limit - tensors.count * 1024 else {
      throw Refusal(
        "an .npz holds at most \(NPZArchive.limit) bytes, and these weights are more",
        hint: "save weights weights.safetensors")
    }
    return NPZArchive.bytes(tensors.map { NPZArchive.Array($0.name, shape: $0.shape, $0.values(network)) })
  }

  /// The network with the numbers of a file in the place of its own.
  /// - Throws: `Refusal` when a name, a shape or a type is wrong.
  public static func read(
    _ path: String, into network: Network, layout: WeightLayout = .keras
  ) throws(Refusal) -> Network {
    let (archive, tensors) = (try NPZ(path), try layout.tensors(network))
    let names = tensors.map(\.name)
    if let stranger = archive.names.first(where: { !names.contains($0) && !layout.isPassedOver($0) }) {
      throw .stranger(path, stranger, names)
    }
    var filled = network
    for tensor in tensors {
      let array = try archive.array(tensor.name)
      guard array.shape.extents == tensor.shape else { throw .wrongShape(path, tensor, array.shape) }
      guard array.isFloats else { throw .noFloats(path, tensor.name) }
      tensor.restore(array.floats(), &filled)
    }
    return filled
  }
}

extension Refusal {
  fileprivate static func stranger(_ path: String, _ name: String, _ names: [String]) -> Refusal {
    Refusal(
      "\(path) holds \(name), which this network does not have; it has \(names.joined(separator: ", "))",
      hint: "summary")
  }
  fileprivate static func wrongShape(_ path: String, _ tensor: WeightTensor, _ shape: Shape) -> Refusal {
    Refusal("\(path): \(tensor.name) has the shape \(shape), expected \(Shape(tensor.shape))", hint: "summary")
  }
  fileprivate static func noFloats(_ path: String, _ name: String) -> Refusal {
    Refusal("\(path): \(name) does not hold floating-point numbers")
  }
}
