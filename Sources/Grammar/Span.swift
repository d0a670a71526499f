/// A stretch of a typed line, in characters; what a caret is drawn under.
public struct Span: Equatable, Hashable, Sendable {
  /// Characters before it; 0 at the start of the line.
  public let start: Int
  /// Characters in it.
  public let length: Int

  public init(start: Int, length: Int) {
    self.start = start
    self.length = length
  }

  /// The position after the last character.
  public var end: Int { start + length }

  /// The smallest span that holds both.
  public func union(_ other: Span) -> Span {
    let first = min(start, other.start)
    return Span(start: first, length: max(end, other.end) - first)
  }
}
