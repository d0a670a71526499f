/// Characters that word processors, PDFs and input methods put where a plain one was meant.
enum PlainText {
  /// The plain text of a character; nil when it is plain already, or has no twin that could only be meant.
  static func twin(of character: Character) -> String? {
    if let twin = twins[character] { return twin }
    guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first else { return nil }
    // Fullwidth forms of ASCII (Unicode block U+FF00).
    guard (0xFF01...0xFF5E).contains(scalar.value), let plain = Unicode.Scalar(scalar.value - 0xFEE0) else {
      return nil
    }
    return String(plain)
  }

  private static let twins: [Character: String] = [
    "\u{2212}": "-", "\u{2010}": "-", "\u{2011}": "-", "\u{2013}": "-", "≥": ">=", "≤": "<=", "≠": "!=", "×": "x",
    "\u{FB00}": "ff", "\u{FB01}": "fi", "\u{FB02}": "fl", "\u{FB03}": "ffi", "\u{FB04}": "ffl",
  ]

  /// What closes a typographic quote, in the order of search, the straight one last; nil for no quote.
  static func closings(of quote: Character) -> [Set<Character>]? { quotes[quote] }

  /// English “…”, German „…“, Swedish ”…”, French «…», and the same as single ones.
  private static let quotes: [Character: [Set<Character>]] = [
    "“": [["”"], ["\""]], "”": [["”"], ["\""]], "„": [["“", "”"], ["\""]], "‟": [["”"], ["\""]], "«": [["»"], ["\""]],
    "»": [["«", "»"], ["\""]], "＂": [["＂"], ["\""]], "‘": [["’"], ["'"]], "’": [["’"], ["'"]],
    "‚": [["‘", "’"], ["'"]],
    "‛": [["’"], ["'"]], "＇": [["＇"], ["'"]],
  ]

  /// Whether it takes no room and means nothing: soft hyphen, zero-width blank, word joiner, byte order mark; or what
  /// would be one character with a blank beside it, as an accent without a letter.
  static func isInvisible(_ character: Character) -> Bool {
    let scalars = character.unicodeScalars
    if scalars.allSatisfy({ [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF].contains($0.value) }) { return true }
    guard let first = scalars.first, first.value >= 0x300, !character.isWhitespace else { return false }
    return " \(character)".count == 1 || "\(character) ".count == 1
  }

  /// Whether a bare word of a line may lose it, or be opened by it as by a quote.
  static func isChanged(_ character: Character) -> Bool {
    isInvisible(character) || closings(of: character) != nil || withoutJoiners(character) != character
  }

  /// A letter of ASCII without joiners that hang on to it.
  static func withoutJoiners(_ character: Character) -> Character {
    guard character.unicodeScalars.count > 1, let first = character.unicodeScalars.first, first.isASCII,
      character.unicodeScalars.dropFirst().allSatisfy({ [0x200C, 0x200D, 0xFE0F].contains($0.value) })
    else { return character }
    return Character(first)
  }
}
