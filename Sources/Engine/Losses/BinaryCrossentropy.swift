import Glibc
import Grammar

/// The surprise at yes and no, each output on its own: −mean(t·log p + (1 − t)·log(1 − p)).
///
/// Behind sigmoid it is computed from the logits, max(x, 0) − x·t + log(1 + e^−|x|), stable for logits of ±1e4. Elsewhere
/// probabilities are kept 1e-7 away from 0 and 1, after Keras 3.15.
public struct BinaryCrossentropy: Loss {
  public static let form = Form<BinaryCrossentropy>(
    "binary_crossentropy", "The surprise at yes and no, each output on its own.",
    formula: "−mean(t·log p + (1 − t)·log(1 − p)), mean over the batch",
    source: "Keras 3.15",
    examples: ["compile adam loss=binary_crossentropy"],
    make: { BinaryCrossentropy() }, settings: { _ in () })

  public init() {}

  public static var wants: String { "sigmoid" }

  public func accepts(_ activation: any Activation) -> Bool { activation.givesProbabilities }

  public func onLogits(of activation: any Activation) -> (any RowLoss)? {
    activation is Sigmoid ? SigmoidCrossentropy() : nil
  }

  public func value(_ output: Floats, _ target: Floats) -> Float {
    var sum: Float = 0
    for i in 0..<output.count {
      let p = min(max(output[i], probabilityMargin), 1 - probabilityMargin)
      sum -= target[i] * logf(p) + (1 - target[i]) * logf(1 - p)
    }
    return sum / Float(output.count)
  }

  public func gradient(_ output: Floats, _ target: Floats, scale: Float, into gradient: Floats) {
    let share = scale / Float(output.count)
    for i in 0..<output.count {
      let p = output[i]
      let isInside = p > probabilityMargin && p < 1 - probabilityMargin
      gradient[i] = isInside ? (p - target[i]) / (p * (1 - p)) * share : 0
    }
  }
}

/// Sigmoid and binary crossentropy in one, on logits.
struct SigmoidCrossentropy: RowLoss {
  func value(_ output: Floats, _ target: Floats) -> Float {
    var sum: Float = 0
    for i in 0..<output.count {
      let x = output[i]
      sum += max(x, 0) - x * target[i] + log1pf(expf(-abs(x)))
    }
    return sum / Float(output.count)
  }

  /// ∂/∂xᵢ = (pᵢ − tᵢ) / width
  func gradient(_ output: Floats, _ target: Floats, scale: Float, into gradient: Floats) {
    let share = scale / Float(output.count)
    for i in 0..<output.count { gradient[i] = (Sigmoid.value(output[i]) - target[i]) * share }
  }
}
