import Grammar

/// A function of a layer's output, element by element or, for softmax, along the last axis.
///
/// Works on rows: `[rows, width] → [rows, width]`, where `width` is the last axis. Rows do not depend on each other.
public protocol Activation: Sendable {
  static var form: Form<Self> { get }

  /// Whether `backward` needs the input; if not, the output takes the input's place in memory.
  static var needsInput: Bool { get }

  /// Whether every output depends on one input alone.
  static var isElementwise: Bool { get }

  /// Whether every output lies in 0 … 1.
  var givesProbabilities: Bool { get }

  /// y = f(x); `y` may be the same memory as `x`.
  func forward(_ x: FloatSpan, into y: FloatSpan, width: Int)

  /// Turns ∂L/∂y into ∂L/∂x, in place.
  /// - Parameters:
  ///   - x: the input; only when `needsInput`, else the same memory as `y`.
  func backward(_ gradient: FloatSpan, x: FloatSpan, y: FloatSpan, width: Int)
}

extension Activation {
  public static var needsInput: Bool { false }
  public static var isElementwise: Bool { true }
  public var givesProbabilities: Bool { false }

  /// The name that a person types.
  public var name: String { Self.form.name }

  /// Whether it leaves everything as it is.
  var isIdentity: Bool { self is Linear }
}
