import Glibc
import Grammar

/// The surprise at yes and no, each output on its own: −mean(t·log p + (1 − t)·log(1 − p)).
///
/// Behind sigmoid it is computed from the logits, max(x, 0) − x·t + log(1 + e^−|x|), stable for logits of ±1e4.
/// Elsewhere probabilities are kept 1e-7 away from 0 and 1, after Keras 3.15. Smoothed, t·(1 − s) + s / 2 takes the
/// place of t.
public struct BinaryCrossentropy: Loss {
  /// The share of the truth that is spread over yes and no, 0 … 1.
  public let labelSmoothing: Double

  public static let form = Form<BinaryCrossentropy>(
    "binary_crossentropy", "The surprise at yes and no, each output on its own.",
    .named("label_smoothing", .number(0...1), default: 0, "the share of the truth that is spread over yes and no"),
    formula: "−mean(t·log p + (1 − t)·log(1 − p)), mean over the batch; smoothed, t·(1 − s) + s / 2 for t",
    source: "Keras 3.15",
    examples: [
      "compile adam loss=binary_crossentropy", "compile adam loss=\"binary_crossentropy label_smoothing=0.1\"",
    ],
    make: { BinaryCrossentropy(labelSmoothing: $0) }, settings: { $0.labelSmoothing })

  public init(labelSmoothing: Double = 0) { self.labelSmoothing = labelSmoothing }

  public static var wants: String { "sigmoid" }

  public func accepts(_ activation: any Activation) -> Bool { activation.givesProbabilities }

  public func onLogits(of activation: any Activation) -> (any RowLoss)? {
    activation is Sigmoid ? SigmoidCrossentropy(smoothing: smoothing) : nil
  }

  private var smoothing: Smoothing { Smoothing(labelSmoothing, classes: 2) }

  public func value(_ output: FloatSpan, _ target: FloatSpan) -> Float {
    let smoothing = smoothing
    var sum: Float = 0
    for i in 0..<output.count {
      let p = min(max(output[i], probabilityMargin), 1 - probabilityMargin)
      let t = smoothing.of(target, i)
      sum -= t * logf(p) + (1 - t) * logf(1 - p)
    }
    return sum / Float(output.count)
  }

  public func gradient(_ output: FloatSpan, _ target: FloatSpan, scale: Float, into gradient: FloatSpan) {
    let (share, smoothing) = (scale / Float(output.count), smoothing)
    for i in 0..<output.count {
      let p = output[i]
      let isInside = p > probabilityMargin && p < 1 - probabilityMargin
      gradient[i] = isInside ? (p - smoothing.of(target, i)) / (p * (1 - p)) * share : 0
    }
  }
}

/// Sigmoid and binary crossentropy in one, on logits.
struct SigmoidCrossentropy: RowLoss {
  let smoothing: Smoothing

  func value(_ output: FloatSpan, _ target: FloatSpan) -> Float {
    var sum: Float = 0
    for i in 0..<output.count {
      let x = output[i]
      sum += max(x, 0) - x * smoothing.of(target, i) + log1pf(expf(-abs(x)))
    }
    return sum / Float(output.count)
  }

  /// ∂/∂xᵢ = (pᵢ − tᵢ) / width
  func gradient(_ output: FloatSpan, _ target: FloatSpan, scale: Float, into gradient: FloatSpan) {
    let share = scale / Float(output.count)
    for i in 0..<output.count { gradient[i] = (Sigmoid.value(output[i]) - smoothing.of(target, i)) * share }
  }
}
