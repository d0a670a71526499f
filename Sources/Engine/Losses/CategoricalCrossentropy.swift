import Glibc
import Grammar

/// The surprise at the true class: −Σ tᵢ·log pᵢ, one class a row.
///
/// Behind softmax it is computed from the logits, −Σ tᵢ·(xᵢ − log Σ e^xⱼ), stable for logits of ±1e4. Elsewhere rows
/// are made to add up to 1 and kept 1e-7 away from 0 and 1, after Keras 3.15. Smoothed, tᵢ·(1 − s) + s / width takes
/// the place of tᵢ.
public struct CategoricalCrossentropy: Loss {
  /// The share of the truth that is spread over all classes, 0 … 1.
  public let labelSmoothing: Double

  public static let form = Form<CategoricalCrossentropy>(
    "categorical_crossentropy", "The surprise at the true class, for one class among several.",
    .named("label_smoothing", .number(0...1), default: 0, "the share of the truth that is spread over all classes"),
    formula: "−Σᵢ tᵢ·log pᵢ, mean over the batch; smoothed, t·(1 − s) + s / classes for t",
    source: "Keras 3.15",
    examples: [
      "compile rmsprop loss=categorical_crossentropy",
      "compile rmsprop loss=\"categorical_crossentropy label_smoothing=0.1\"",
    ],
    make: { CategoricalCrossentropy(labelSmoothing: $0) }, settings: { $0.labelSmoothing })

  public init(labelSmoothing: Double = 0) { self.labelSmoothing = labelSmoothing }

  public static var wants: String { "softmax" }
  public static var minimumOutputs: Int { 2 }

  public func accepts(_ activation: any Activation) -> Bool { activation.givesProbabilities }

  public func onLogits(of activation: any Activation) -> (any RowLoss)? {
    activation is Softmax ? SoftmaxCrossentropy(smoothing: Smoothing(labelSmoothing)) : nil
  }

  public func value(_ output: FloatSpan, _ target: FloatSpan) -> Float {
    let (sum, smoothing) = (total(output), Smoothing(labelSmoothing))
    var value: Float = 0
    for i in 0..<output.count { value -= smoothing.of(target, i) * logf(inside(output[i] / sum)) }
    return value
  }

  public func gradient(_ output: FloatSpan, _ target: FloatSpan, scale: Float, into gradient: FloatSpan) {
    let (sum, smoothing) = (total(output), Smoothing(labelSmoothing))
    var pull: Float = 0
    for i in 0..<output.count {
      let share = output[i] / sum
      gradient[i] = share == inside(share) ? -smoothing.of(target, i) / share : 0
      pull += gradient[i] * share
    }
    for i in 0..<output.count { gradient[i] = (gradient[i] - pull) / sum * scale }
  }

  private func total(_ row: FloatSpan) -> Float {
    var sum: Float = 0
    for i in 0..<row.count { sum += row[i] }
    return sum
  }

  private func inside(_ share: Float) -> Float { min(max(share, probabilityMargin), 1 - probabilityMargin) }
}

/// Softmax and categorical crossentropy in one, on logits.
struct SoftmaxCrossentropy: RowLoss {
  let smoothing: Smoothing

  func value(_ output: FloatSpan, _ target: FloatSpan) -> Float {
    let (largest, sum) = powers(output)
    let offset = largest + logf(sum)
    var value: Float = 0
    for i in 0..<output.count { value -= smoothing.of(target, i) * (output[i] - offset) }
    return value
  }

  /// ∂/∂xᵢ = pᵢ·Σt − tᵢ
  func gradient(_ output: FloatSpan, _ target: FloatSpan, scale: Float, into gradient: FloatSpan) {
    var (largest, sum, weight) = (-Float.infinity, 0 as Float, 0 as Float)
    for i in 0..<output.count { largest = max(largest, output[i]) }
    for i in 0..<output.count {
      gradient[i] = expf(output[i] - largest)
      sum += gradient[i]
      weight += smoothing.of(target, i)
    }
    for i in 0..<output.count { gradient[i] = (gradient[i] / sum * weight - smoothing.of(target, i)) * scale }
  }

  private func powers(_ row: FloatSpan) -> (largest: Float, sum: Float) {
    var largest = -Float.infinity
    for i in 0..<row.count { largest = max(largest, row[i]) }
    var sum: Float = 0
    for i in 0..<row.count { sum += expf(row[i] - largest) }
    return (largest, sum)
  }
}

/// Targets a part of which is spread over all classes: t·(1 − s) + s / classes.
struct Smoothing {
  private let saved: Float
  private let spread: Float
  /// As many as a row is wide when nil.
  private let classes: Int?

  init(_ share: Double, classes: Int? = nil) {
    (saved, spread) = (Float(1 - share), Float(share))
    self.classes = classes
  }

  @inline(__always)
  func of(_ target: FloatSpan, _ index: Int) -> Float {
    target[index] * saved + spread / Float(classes ?? target.count)
  }
}
