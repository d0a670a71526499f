/// A form without its type: what completion follows a half-typed line through.
public struct Outline: Equatable, Sendable {
  public let name: String
  public let help: String
  public let slots: [ParameterInfo]

  /// What may follow these words; nil when they cannot be followed.
  /// - Parameter words: those after the name.
  public func expectation(behind words: ArraySlice<Word>) -> Expectation? {
    var state = Expectation(waiting: slots.filter { $0.place != .named }, keys: slots.filter { !$0.keys.isEmpty })
    for word in words {
      guard state.follow(word) else { return nil }
    }
    return state
  }
}
