import Grammar

/// How far one row of outputs is from its target, and in which direction it is wrong.
public protocol RowLoss: Sendable {
  /// `[width], [width] → one number`
  func value(_ output: FloatSpan, _ target: FloatSpan) -> Float

  /// ∂value/∂output · scale, `[width], [width] → [width]`
  func gradient(_ output: FloatSpan, _ target: FloatSpan, scale: Float, into gradient: FloatSpan)
}

/// What training makes small: the mean over the batch of each row's loss.
public protocol Loss: RowLoss {
  static var form: Form<Self> { get }

  /// The same loss on what goes into `activation` instead of what comes out, when the two are better computed together.
  func onLogits(of activation: any Activation) -> (any RowLoss)?

  /// Whether outputs behind this activation make sense to it; a network whose last layer has another is refused.
  func accepts(_ activation: any Activation) -> Bool

  /// What the last layer should end in: `softmax`.
  static var wants: String { get }

  /// How many outputs a row it needs at least: 2 where it compares classes.
  static var minimumOutputs: Int { get }

  /// Which targets it can judge.
  static var judges: Judged { get }
}

extension Loss {
  public func onLogits(of activation: any Activation) -> (any RowLoss)? { nil }
  public func accepts(_ activation: any Activation) -> Bool { true }
  public static var wants: String { "any activation" }
  public static var minimumOutputs: Int { 1 }
  public static var judges: Judged { .classes }

  /// The name that a person types.
  public var name: String { Self.form.name }
}

/// Keras's epsilon: probabilities are kept this far from 0 and 1 before a logarithm.
let probabilityMargin: Float = 1e-7
