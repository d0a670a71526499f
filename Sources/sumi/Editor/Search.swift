import CEditline
import Pictures

/// Ctrl-R: looks through the history while the wanted text is typed; works with every script.
extension LineEditor {
  func search() -> UInt8 {
    guard let line, !history.lines.isEmpty else { return UInt8(CC_ERROR) }
    let standard = promptLine
    var search = HistorySearch(history)
    var end = SearchEnd.kept
    repeat {
      redraw {
        show(prompt: search.prompt, settings)
        replace(search.found ?? line.text)
      }
      end = follow(keyboard.next(), &search)
    } while end == .goesOn
    redraw {
      show(prompt: standard, settings)
      if end == .givenUp { replace(line.text) }
    }
    if end == .submitted { el_push(editor, String(Key.submit.code)) }
    return UInt8(CC_NORM)
  }

  private enum SearchEnd {
    case goesOn, kept, submitted, givenUp
  }

  private func follow(_ keystroke: Keystroke?, _ search: inout HistorySearch) -> SearchEnd {
    switch keystroke {
    case nil: return .givenUp
    case .character("\u{12}"), .key(.up): search.older()
    case .character("\u{13}"), .key(.down): search.newer()
    case .character("\u{7F}"), .character("\u{8}"): search.shorten()
    case .character("\u{7}"), .character("\u{3}"): return .givenUp
    case .character("\r"), .character("\n"): return .submitted
    case .character(let scalar) where scalar.value >= 0x20: search.add(Character(scalar))
    case .paste(let text):
      for character in LineEditor.cleaned(text) where !character.isNewline { search.add(character) }
    case .report: break
    case let other?:
      keyboard.putBack(other)
      return .kept
    }
    return .goesOn
  }
}

extension HistorySearch {
  fileprivate var prompt: Line {
    Line(isFound ? "search " : "nothing more ", .dim) + Line("‹\(wanted)›") + Line(" ")
  }
}
