import Glibc
import Grammar

/// The surprise at the true class: −Σ tᵢ·log pᵢ, one class a row.
///
/// Behind softmax it is computed from the logits, −Σ tᵢ·(xᵢ − log Σ e^xⱼ), stable for logits of ±1e4. Elsewhere rows are
/// made to add up to 1 and kept 1e-7 away from 0 and 1, after Keras 3.15.
public struct CategoricalCrossentropy: Loss {
  public static let form = Form<CategoricalCrossentropy>(
    "categorical_crossentropy", "The surprise at the true class, for one class among several.",
    formula: "−Σᵢ tᵢ·log pᵢ, mean over the batch",
    examples: ["compile rmsprop loss=categorical_crossentropy"],
    make: { CategoricalCrossentropy() }, settings: { _ in () })

  public init() {}

  public static var wants: String { "softmax" }

  public func accepts(_ activation: any Activation) -> Bool { activation.givesProbabilities }

  public func onLogits(of activation: any Activation) -> (any RowLoss)? {
    activation is Softmax ? SoftmaxCrossentropy() : nil
  }

  public func value(_ output: Floats, _ target: Floats) -> Float {
    let sum = total(output)
    var value: Float = 0
    for i in 0..<output.count { value -= target[i] * logf(inside(output[i] / sum)) }
    return value
  }

  public func gradient(_ output: Floats, _ target: Floats, scale: Float, into gradient: Floats) {
    let sum = total(output)
    var pull: Float = 0
    for i in 0..<output.count {
      let share = output[i] / sum
      gradient[i] = share == inside(share) ? -target[i] / share : 0
      pull += gradient[i] * share
    }
    for i in 0..<output.count { gradient[i] = (gradient[i] - pull) / sum * scale }
  }

  private func total(_ row: Floats) -> Float {
    var sum: Float = 0
    for i in 0..<row.count { sum += row[i] }
    return sum
  }

  private func inside(_ share: Float) -> Float { min(max(share, probabilityMargin), 1 - probabilityMargin) }
}

/// Softmax and categorical crossentropy in one, on logits.
struct SoftmaxCrossentropy: RowLoss {
  func value(_ output: Floats, _ target: Floats) -> Float {
    let (largest, sum) = powers(output)
    let offset = largest + logf(sum)
    var value: Float = 0
    for i in 0..<output.count { value -= target[i] * (output[i] - offset) }
    return value
  }

  /// ∂/∂xᵢ = pᵢ·Σt − tᵢ
  func gradient(_ output: Floats, _ target: Floats, scale: Float, into gradient: Floats) {
    let (largest, sum) = powers(output)
    var weight: Float = 0
    for i in 0..<target.count { weight += target[i] }
    for i in 0..<output.count { gradient[i] = (expf(output[i] - largest) / sum * weight - target[i]) * scale }
  }

  private func powers(_ row: Floats) -> (largest: Float, sum: Float) {
    var largest = -Float.infinity
    for i in 0..<row.count { largest = max(largest, row[i]) }
    var sum: Float = 0
    for i in 0..<row.count { sum += expf(row[i] - largest) }
    return (largest, sum)
  }
}
