import Grammar
import Pictures

/// A word that may stand at the cursor.
public struct Candidate: Equatable, Sendable {
  /// What is typed, quotes included.
  public let word: String
  /// How a list shows it.
  public let shown: String
  public let help: String
  /// Whether it is complete, so that a blank follows.
  public let isWhole: Bool

  /// - Parameter text: the word without quotes.
  init(_ text: String, shown: String? = nil, help: String = "", isWhole: Bool = true) {
    word = Candidate.quoted(text, isWhole: isWhole)
    self.shown = (shown ?? text).withVisibleControls
    self.help = help.withVisibleControls
    self.isWhole = isWhole
  }

  /// An unfinished word that needs quotes has its first one only.
  private static func quoted(_ text: String, isWhole: Bool) -> String {
    let isPair = text.hasSuffix("=") && !text.dropLast().contains("=")
    let quoted = isPair ? text : ArgumentType<String>.quote(text)
    return isWhole || quoted == text ? quoted : String(quoted.dropLast())
  }
}
