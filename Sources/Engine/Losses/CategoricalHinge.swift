import Grammar

/// How far the true class's output is from being 1 above the best other: max(n − p + 1, 0) with p = Σ tᵢ·yᵢ and
/// n = max (1 − tᵢ)·yᵢ, after Keras 3.15.
///
/// The true class takes part in n with a 0, so n is never below 0.
public struct CategoricalHinge: Loss {
  public static let form = Form<CategoricalHinge>(
    "categorical_hinge", "How far the true class's output is from being 1 above the best other.",
    formula: "max(n − p + 1, 0), p = Σᵢ tᵢ·yᵢ, n = maxᵢ (1 − tᵢ)·yᵢ, mean over the batch",
    source: "Keras 3.15",
    examples: ["compile adam loss=categorical_hinge"], make: { CategoricalHinge() }, settings: { _ in () })

  public init() {}

  public func value(_ output: FloatSpan, _ target: FloatSpan) -> Float {
    let (right, wrong, _) = sides(output, target)
    return max(wrong - right + 1, 0)
  }

  /// ∂/∂yᵢ = (1 − tᵢ)·[i is the best other] − tᵢ; equals share.
  public func gradient(_ output: FloatSpan, _ target: FloatSpan, scale: Float, into gradient: FloatSpan) {
    let (right, wrong, equals) = sides(output, target)
    guard wrong - right + 1 >= 0 else { return gradient.fill(0) }
    for i in 0..<output.count {
      let other = 1 - target[i]
      gradient[i] = ((other * output[i] == wrong ? other / equals : 0) - target[i]) * scale
    }
  }

  private func sides(_ output: FloatSpan, _ target: FloatSpan) -> (right: Float, wrong: Float, equals: Float) {
    var (right, wrong, equals): (Float, Float, Float) = (0, -.infinity, 0)
    for i in 0..<output.count {
      right += target[i] * output[i]
      let other = (1 - target[i]) * output[i]
      equals = other > wrong ? 1 : other == wrong ? equals + 1 : equals
      wrong = max(wrong, other)
    }
    return (right, wrong, equals)
  }
}
