import Grammar

/// What layers that normalize let a person choose, after Keras 3.15.
struct NormChoices: Sendable {
  /// Added to the variance, inside the root.
  var epsilon = 1e-3
  /// Whether there is a β.
  var centers = true
  /// Whether there is a γ.
  var scales = true

  /// γ and β, each when there is one.
  func weights(_ width: Int) -> [Weight] {
    (scales ? [Weight("gamma", [width], Ones())] : []) + (centers ? [Weight("beta", [width], Zeros())] : [])
  }

  /// The tensors of a layer, or their gradients, as far as there are any.
  func split(_ tensors: [FloatSpan]) -> (gamma: FloatSpan?, beta: FloatSpan?, rest: ArraySlice<FloatSpan>) {
    var rest = tensors[...]
    let gamma = scales ? rest.popFirst() : nil
    let beta = centers ? rest.popFirst() : nil
    return (gamma, beta, rest)
  }
}

extension Parameter {
  static func epsilon() -> Parameter where Value == Double {
    .named("epsilon", .positive, default: 1e-3, "added to the variance, inside the root")
  }

  static func center() -> Parameter where Value == Bool {
    .named("center", .flag, default: true, "whether a learnt β is added")
  }

  static func scale() -> Parameter where Value == Bool {
    .named("scale", .flag, default: true, "whether a learnt γ multiplies")
  }
}
