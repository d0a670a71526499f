import Pictures
import Workbench

/// What is shown in grey behind the cursor.
struct Autosuggestion: Equatable {
  /// What → types.
  let text: String
  /// What stands for a word that only the person knows: `‹units›`.
  let awaited: String

  /// The grey text for a line, from the offer, the history and the grammar; nil when there is none.
  /// - Parameters:
  ///   - offer: the whole line to suggest while nothing is typed.
  ///   - completion: what may stand at the end of the line.
  init?(for line: String, offer: String?, history: History, completion: () -> Completion) {
    if line.isEmpty {
      guard let offer else { return nil }
      self.init(text: offer)
    } else if let known = history.suggestion(for: line) {
      self.init(text: String(known.dropFirst(line.count)))
    } else if let ghost = Autosuggestion(line, completion()) {
      self = ghost
    } else {
      return nil
    }
  }

  private init(text: String, awaited: String = "") {
    self.text = text
    self.awaited = awaited
  }

  private init?(_ line: String, _ completion: Completion) {
    let typed = String(line.dropFirst(completion.start))
    if let slot = completion.awaited {
      self.init(text: "", awaited: "‹\(slot.name)›")
    } else if let word = completion.candidates.first?.word, !typed.isEmpty, word.hasPrefix(typed), word != typed {
      self.init(text: String(word.dropFirst(typed.count)))
    } else {
      return nil
    }
  }

  /// The first word of it, with the blanks before.
  var firstWord: String {
    let blanks = text.prefix(while: \.isWhitespace)
    return String(blanks + text.dropFirst(blanks.count).prefix { !$0.isWhitespace })
  }

  /// As much of it as fits into a row; without colour it stands in ‹ › to be told from what is typed.
  func shown(within columns: Int, hasColour: Bool) -> String {
    let line = text.prefix { !$0.isNewline }
    let whole = awaited.isEmpty ? (hasColour ? String(line) : "‹\(line)›") : awaited
    var (shown, used) = ("", 0)
    for character in whole.withVisibleControls {
      used += character.columns
      if used > columns { break }
      shown.append(character)
    }
    return shown
  }
}
