/// What the terminal sends as one: a character, a key, a paste, or an answer of its own.
enum Keystroke: Equatable, Sendable {
  case character(Unicode.Scalar)
  /// A character with Alt.
  case meta(Unicode.Scalar)
  case key(Key)
  case paste(String)
  /// What the terminal says of itself when it is asked; never input.
  case report(String)

  static let escape = Keystroke.character("\u{1b}")
}
