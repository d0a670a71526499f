import Engine
import Grammar

/// How the tensors of a network are called in a file, and how their axes lie.
public enum WeightLayout: String, CaseIterable, Sendable {
  /// `1.dense.kernel` [in, out], as Keras lays them.
  case keras
  /// `1.weight` [out, in], as the `state_dict` of PyTorch's `Sequential` has them.
  case torch

  public var help: String {
    switch self {
    case .keras: "1.dense.kernel [in, out], as Keras lays them"
    case .torch: "1.weight [out, in], as PyTorch's Sequential loads them"
    }
  }

  /// The tensors of a network, in order.
  /// - Throws: `Refusal` that names a layer which PyTorch does not have.
  public func tensors(_ network: Network) throws(Refusal) -> [WeightTensor] {
    switch self {
    case .keras:
      return network.tensors.map { slot in
        WeightTensor(
          name: slot.name, shape: slot.weight.shape.extents, values: { $0[slot] }, restore: { $1[slot] = $0 })
      }
    case .torch:
      return try TorchModules(network).tensors.map { name, tensor in
        WeightTensor(
          name: name, shape: tensor.shape, values: tensor.values,
          restore: { tensor.restore($0, into: &$1) })
      }
    }
  }

  /// Whether a file may hold an array besides the network's, which says nothing of its weights.
  public func isPassedOver(_ name: String) -> Bool { self == .torch && name.hasSuffix(".num_batches_tracked") }
}

/// A tensor of a file: its name and shape there, and how its numbers and a network's become each other.
public struct WeightTensor: Sendable {
  public let name: String
  public let shape: [Int]
  public let values: @Sendable (Network) -> [Float]
  /// Puts numbers of the file in the place of the network's.
  public let restore: @Sendable ([Float], inout Network) -> Void
}

/// How many bits a number has in a file.
public enum WeightPrecision: String, CaseIterable, Sendable {
  case f32, f16, bf16

  public var help: String {
    switch self {
    case .f32: "single precision, as they are"
    case .f16: "half precision: up to 65504, with 3 digits"
    case .bf16: "brain floats: the range of single precision, with 2 digits"
    }
  }
}
