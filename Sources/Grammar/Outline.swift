/// A form without its type: what completion follows a half-typed line through.
public struct Outline: Equatable, Sendable {
  public let name: String
  public let help: String
  /// Endings of words that stand for it themselves.
  public let endings: [String]
  public let slots: [ParameterInfo]

  /// Whether a word is the form's name, or the name of something that the form is there for.
  func isMeant(by word: String) -> Bool { word == name || endings.contains { word.ends(as: $0) } }

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

extension String {
  /// Whether it ends so, in upper or lower case; with `/`, whether it is a path.
  func ends(as ending: String) -> Bool {
    guard ending == "/" else { return lowercased().hasSuffix(ending) }
    return contains("/") || self == "." || self == ".." || hasPrefix("~")
  }
}
