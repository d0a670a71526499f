import Glibc
import Grammar

/// How much longer a message gets that is written for p instead of t: Σ tᵢ·log(tᵢ / pᵢ) (Kullback and Leibler 1951).
///
/// Both are kept within 1e-7 … 1 first, after Keras 3.15.
public struct KLDivergence: Loss {
  public static let form = Form<KLDivergence>(
    "kl_divergence", "How far the predicted probabilities are from the true ones, in nats.",
    formula: "Σᵢ tᵢ·log(tᵢ / pᵢ), mean over the batch",
    source: "Kullback and Leibler 1951; Keras 3.15", otherNames: ["kullback_leibler_divergence"],
    examples: ["compile adam loss=kl_divergence"], make: { KLDivergence() }, settings: { _ in () })

  public init() {}

  public static var wants: String { "softmax" }
  public static var minimumOutputs: Int { 2 }

  public func accepts(_ activation: any Activation) -> Bool { activation.givesProbabilities }

  public func value(_ output: FloatSpan, _ target: FloatSpan) -> Float {
    var sum: Float = 0
    for i in 0..<output.count {
      let t = inside(target[i])
      sum += t * logf(t / inside(output[i]))
    }
    return sum
  }

  /// ∂/∂pᵢ = −tᵢ / pᵢ
  public func gradient(_ output: FloatSpan, _ target: FloatSpan, scale: Float, into gradient: FloatSpan) {
    for i in 0..<output.count {
      let p = output[i]
      gradient[i] = p == inside(p) ? -inside(target[i]) / p * scale : 0
    }
  }

  private func inside(_ p: Float) -> Float { min(max(p, probabilityMargin), 1) }
}
