/// A line that was understood and cannot be done: what is wrong, and what to type next.
public struct Refusal: Error, Equatable, Sendable {
  /// One sentence without a full stop: what was expected and what was received.
  public let message: String
  /// The line to type next; nil when there is none.
  public let hint: String?

  public init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
