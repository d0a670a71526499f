/// What is to be said of an example.
public enum Task: String, CaseIterable, Sendable {
  /// One of some classes.
  case `class`
  /// A number.
  case value

  /// Different whole numbers at most that are taken for classes when nobody says what they are.
  static let mostClasses = 20
}
