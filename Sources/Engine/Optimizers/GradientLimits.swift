import Grammar

/// What is done to gradients and weights before any optimizer's update: gradients are clipped, then weights decay.
///
/// After Keras 3.15 `Optimizer.apply`.
public struct GradientLimits: Equatable, Sendable {
  /// The length that each tensor's gradient has at most: g·c / max(|g|, c).
  public var clipNorm: Double?
  /// The length that all gradients together have at most.
  public var globalClipNorm: Double?
  /// The size that each number of a gradient has at most.
  public var clipValue: Double?
  /// λ of w −= η·λ·w, for every trainable tensor; nil for what the optimizer has by itself.
  public var weightDecay: Double?

  public init(
    clipNorm: Double? = nil, globalClipNorm: Double? = nil, clipValue: Double? = nil, weightDecay: Double? = nil
  ) {
    self.clipNorm = clipNorm
    self.globalClipNorm = globalClipNorm
    self.clipValue = clipValue
    self.weightDecay = weightDecay
  }

  /// Those that are set, by the names that a person types.
  public var settings: [(name: String, value: Double)] {
    let all = [
      ("clipnorm", clipNorm), ("global_clipnorm", globalClipNorm), ("clipvalue", clipValue),
      ("weight_decay", weightDecay),
    ]
    return all.compactMap { name, value in value.map { (name, $0) } }
  }

  /// - Throws: `Refusal` when gradients are to be clipped in two ways, as in Keras.
  func check() throws(Refusal) {
    let names = settings.map(\.name).filter { $0 != "weight_decay" }
    guard names.count > 1 else { return }
    throw Refusal("\(names.joined(separator: " and ")) cannot both be given", hint: "compile adam \(names[0])=1")
  }

  /// Whether the lengths of the gradients have to be known.
  var needsNorms: Bool { clipNorm != nil || globalClipNorm != nil }

  /// What each tensor's gradient is multiplied by.
  /// - Parameter squares: the sum of the squares of each tensor's gradient; empty where no length has to be known.
  func factors(_ squares: [Double]) -> [Float] {
    if let clipNorm { return squares.map { Float(clipNorm / max($0.squareRoot(), clipNorm)) } }
    guard let globalClipNorm else { return [] }
    let norm = squares.reduce(0, +).squareRoot()
    // A gradient without end spoils all of them, as in Keras, instead of vanishing.
    let factor = norm.isFinite ? globalClipNorm / max(norm, globalClipNorm) : .nan
    return squares.map { _ in Float(factor) }
  }
}

extension Parameter where Value == Double? {
  /// `clipnorm=`, for `compile`.
  public static func clipNorm() -> Parameter {
    .named(
      "clipnorm", ArgumentType.positive.optional, default: nil, "the length that each tensor's gradient has at most")
  }

  /// `global_clipnorm=`, for `compile`.
  public static func globalClipNorm() -> Parameter {
    .named(
      "global_clipnorm", ArgumentType.positive.optional, default: nil,
      "the length that all gradients together have at most")
  }

  /// `clipvalue=`, for `compile`.
  public static func clipValue() -> Parameter {
    .named(
      "clipvalue", ArgumentType.positive.optional, default: nil, "the size that each number of a gradient has at most")
  }

  /// `weight_decay=`, for `compile`.
  public static func weightDecay() -> Parameter {
    .named(
      "weight_decay", ArgumentType.number(0...).optional, default: nil,
      "the share of each weight, times the learning rate, that every update takes off")
  }
}
