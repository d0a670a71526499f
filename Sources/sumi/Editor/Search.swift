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

  private func follow(_ key: Unicode.Scalar?, _ search: inout HistorySearch) -> SearchEnd {
    switch key {
    case nil: return .givenUp
    case "\u{12}", Key.up.code: search.older()
    case "\u{13}", Key.down.code: search.newer()
    case "\u{7F}", "\u{8}": search.shorten()
    case "\u{7}", "\u{3}": return .givenUp
    case "\r", "\n": return .submitted
    case let key? where key.value < 0x20 || (0x80..<0xA0).contains(key.value):
      keyboard.putBack(key)
      return .kept
    case let key?: search.add(Character(key))
    }
    return .goesOn
  }
}

extension HistorySearch {
  fileprivate var prompt: Line {
    Line(isFound ? "search " : "nothing more ", .dim) + Line("‹\(wanted)›") + Line(" ")
  }
}
