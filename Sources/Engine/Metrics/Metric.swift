import Grammar

/// A figure that people judge a network by, gathered row by row.
public protocol Metric: Sendable {
  static var form: Form<Self> { get }

  /// What its figure is, and so how people read it.
  static var quantity: Quantity { get }

  /// Which targets it can judge.
  static var judges: Judged { get }

  /// Refuses outputs that mean nothing to it.
  /// - Parameters:
  ///   - outputs: how many there are in a row.
  ///   - activation: what the last layer ends in.
  func check(outputs: Int, behind activation: any Activation) throws(Refusal)

  /// Takes in one row: outputs as probabilities, and what they should be.
  mutating func add(_ output: FloatSpan, _ target: FloatSpan)

  /// What has been gathered so far, as the metric goes on from it; as many numbers, in the same order, go back.
  var sums: [Double] { get set }

  /// The figure over all rows since the start; 0 when there were none.
  var value: Double { get }
}

extension Metric {
  public static var judges: Judged { quantity == .error ? .any : .classes }
  public func check(outputs: Int, behind activation: any Activation) throws(Refusal) {}

  /// The name that a person types.
  public var name: String { Self.form.name }
}
