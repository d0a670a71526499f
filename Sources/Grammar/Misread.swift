/// A line that cannot be understood: what is wrong, where, and what to type instead.
public struct Misread: Error, Equatable, Sendable {
  /// One sentence without a full stop: what was received and what was expected.
  public let message: String
  /// What to type next, without "try:"; nil when the message says it.
  public let hint: String?
  /// Where the caret goes.
  public let span: Span

  public init(_ message: String, hint: String? = nil, at span: Span) {
    self.message = message
    self.hint = hint
    self.span = span
  }
}
