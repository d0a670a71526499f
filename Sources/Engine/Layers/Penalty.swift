import CKernels

/// What large weights add to the loss: l1·Σ|w| + l2·Σw², after Keras 3.15 `L1L2`.
public struct Penalty: Equatable, Sendable {
  public let l1: Double
  public let l2: Double

  public static let none = Penalty(l1: 0, l2: 0)

  public init(l1: Double, l2: Double) {
    self.l1 = l1
    self.l2 = l2
  }

  /// The addition to the loss.
  func value(_ weights: FloatSpan) -> Double {
    let sums = kernels.sum_penalty(weights.base, weights.count)
    return l1 * sums.sizes + l2 * sums.squares
  }

  /// Adds ∂/∂w = l1·sign w + 2·l2·w.
  func addGradient(_ weights: Block, to gradient: Block) {
    kernels.add_penalty(weights.base, gradient.base, weights.shape(gradient: gradient), Float(l1), Float(2 * l2))
  }
}

extension Network {
  /// What all weights together add to the loss.
  func penalty() -> Double {
    values.withSpan { values in
      var sum = 0.0
      for tensor in tensors where tensor.weight.penalty != .none {
        sum += tensor.weight.penalty.value(values.part(tensor.offset, count: tensor.count))
      }
      return sum
    }
  }
}
