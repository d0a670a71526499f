/// Whether a line continues after its line break: it ends in `\`, or a quote is open.
public struct Continuation: Equatable, Sendable {
  public let isOpen: Bool
  /// The line with a blank for every line break in quotes, so that it can stand in a script.
  public let joined: String

  public init(_ line: String) {
    var (joined, quote, isComment, isBehindBlank) = ("", nil as Character?, false, true)
    for character in line {
      joined.append(quote != nil && character.isNewline ? " " : character)
      if isComment {
        isComment = !character.isNewline
      } else if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "#", isBehindBlank {
        isComment = true
      }
      isBehindBlank = quote == nil && character.isWhitespace
    }
    self.joined = joined
    isOpen = quote != nil || (!isComment && line.hasSuffix("\\"))
  }
}
