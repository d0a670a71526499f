/// A legal word and what it does, for help and completion.
public struct Choice: Equatable, Sendable {
  public let word: String
  public let help: String
  /// Whether words of its own must follow it.
  public let needsMore: Bool

  public init(_ word: String, help: String = "", needsMore: Bool = false) {
    self.word = word
    self.help = help
    self.needsMore = needsMore
  }
}
