/// What a metric's figure is.
public enum Quantity: Sendable {
  /// A part of all, 0 … 1, read as a percentage: the examples that are classified rightly.
  case share
  /// How likely something is, 0 … 1.
  case probability
  /// A distance from what is wanted, 0 or more.
  case error
}
