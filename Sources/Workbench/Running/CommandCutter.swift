/// Cuts a text at each `;` outside quotes and comments, and at its line breaks.
///
/// A comment ends with its line, as in a script. In the one line of `-c` that would silence all that follows, so there
/// it ends at the next `;`: `load digits # don't wait; data` is two commands.
struct CommandCutter {
  private var parts = [""]
  private var quote: Character?
  private var isComment = false
  private let endsComments: Bool

  /// The commands in order, without blanks before them.
  /// - Parameter endsComments: whether `;` ends a comment too.
  static func parts(_ text: String, endsComments: Bool) -> [String] {
    var cutter = CommandCutter(endsComments: endsComments)
    for character in text { cutter.take(character) }
    return cutter.parts.map { String($0.drop(while: \.isWhitespace)) }
  }

  private init(endsComments: Bool) { self.endsComments = endsComments }

  private var last: String { parts[parts.count - 1] }

  private mutating func take(_ character: Character) {
    if isBreak(character) {
      isComment = false
      return parts.append("")
    }
    if character == quote {
      quote = nil
    } else if quote == nil, !isComment {
      if character == "#", last.last?.isWhitespace ?? true { isComment = true }
      if character == "\"" || character == "'" { quote = character }
    }
    parts[parts.count - 1].append(character)
  }

  /// `\` before a line break joins two lines; a comment that ends in it ends all the same.
  private func isBreak(_ character: Character) -> Bool {
    guard quote == nil else { return false }
    if isComment { return character.isNewline || (endsComments && character == ";") }
    return character == ";" || (character.isNewline && !last.hasSuffix("\\"))
  }
}
