import CEditline
import Glibc
import Grammar

/// What the keys do to the line.
extension LineEditor {
  /// The line, unless it is too long to be looked at.
  var line: EditedLine? { EditedLine(editor) }

  func insert(_ text: String) {
    let wide = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
    el_winsertstr(editor, wide)
  }

  /// Puts a text in the place of the line, with the cursor behind it.
  func replace(_ text: String) {
    moveToEnd()
    if let line = el_wline(editor)?.pointee, let start = line.buffer {
      el_deletestr(editor, Int32(line.lastchar - start))
    }
    insert(text)
  }

  func moveToEnd() {
    if let line = el_wline(editor)?.pointee, let cursor = line.cursor {
      el_cursor(editor, Int32(line.lastchar - cursor))
    }
  }

  /// Enter: an open quote or a `\` makes the line go on.
  func enter() -> UInt8 {
    if let line, Continuation(line.text).isOpen {
      insert("\n")
    } else {
      el_push(editor, String(Key.submit.code))
    }
    return UInt8(CC_REFRESH)
  }

  /// ↑ and ↓: a row up or down in the line, else in the history.
  func vertical(_ step: Int) -> UInt8 {
    guard let line else { return UInt8(CC_ERROR) }
    if let moved = line.cursor(rows: step) {
      el_cursor(editor, Int32(moved - line.cursor))
      return UInt8(CC_CURSOR)
    }
    var recall = state.recall.flatMap { $0.shown == line.text ? $0 : nil } ?? Recall(line.text, in: history)
    guard let found = step < 0 ? recall.older(history) : recall.newer(history) else { return UInt8(CC_ERROR) }
    replace(found)
    state.recall = recall
    return UInt8(CC_REFRESH)
  }

  /// →: a character on, or the suggestion at the end of the line.
  func right() -> UInt8 {
    guard let line, line.isAtEnd else {
      el_cursor(editor, 1)
      return UInt8(CC_CURSOR)
    }
    return take(ghost(for: line)?.text)
  }

  /// End: to the end of the line, or the suggestion when it is there already.
  func end() -> UInt8 {
    guard let line, line.isAtEnd else {
      moveToEnd()
      return UInt8(CC_CURSOR)
    }
    return take(ghost(for: line)?.text)
  }

  /// A word on, or the first word of the suggestion.
  func wordRight() -> UInt8 {
    guard let line else { return UInt8(CC_ERROR) }
    if line.isAtEnd { return take(ghost(for: line)?.firstWord) }
    let rest = line.scalars[line.cursor...]
    let blanks = rest.prefix { $0 == " " }.count
    el_cursor(editor, Int32(blanks + rest.dropFirst(blanks).prefix { $0 != " " }.count))
    return UInt8(CC_CURSOR)
  }

  private func take(_ text: String?) -> UInt8 {
    guard let text, !text.isEmpty else { return UInt8(CC_NORM) }
    insert(text)
    return UInt8(CC_REFRESH)
  }

  /// Tab: what all candidates have in common is typed; several are listed below.
  func completeWord() -> UInt8 {
    guard let line else { return UInt8(CC_ERROR) }
    let before = line.textBeforeCursor
    let completion = complete(before)
    let typed = String(before.dropFirst(completion.start))
    guard let first = completion.candidates.first else {
      return list(completion.awaited.map { Menu(awaited: $0) })
    }
    let isOnly = completion.candidates.count == 1
    let word = isOnly ? first.word + (first.isWhole ? " " : "") : completion.common
    if word.count > typed.count || (isOnly && word != typed) {
      el_deletestr(editor, Int32(typed.unicodeScalars.count))
      insert(word)
    }
    return isOnly ? UInt8(CC_REFRESH) : list(Menu(completion.candidates))
  }

  /// Shows a list below the line until the next key; where nothing can be drawn it stays.
  private func list(_ menu: Menu?) -> UInt8 {
    guard let menu else { return UInt8(CC_ERROR) }
    if canDraw {
      state.overlay.menu = menu
      return UInt8(CC_REFRESH)
    }
    screen.draw("\n" + menu.lines(columns: screen.columns, rows: .max).map { $0.text + "\n" }.joined())
    return UInt8(CC_REDISPLAY)
  }

  /// Ctrl-Z: the shell has the terminal until it wakes the program.
  func suspend() -> UInt8 {
    prepare(false)
    screen.awaitAnswer()
    kill(0, SIGTSTP)
    prepare(true)
    redraw(isFresh: true) {}
    return UInt8(CC_NORM)
  }

  /// Ctrl-X Ctrl-E: the line in the person's editor.
  func editOutside() -> UInt8 {
    guard let line else { return UInt8(CC_ERROR) }
    prepare(false)
    let text = screen.outside { (environment) throws(Refusal) in
      try ExternalEditor(environment: environment).edit(line.text)
    }
    prepare(true)
    redraw { if let text { replace(text.hasSuffix("\n") ? String(text.dropLast()) : text) } }
    return UInt8(CC_NORM)
  }
}

extension EditedLine {
  /// Where the cursor comes to so many rows above or below, in a line of several; nil when there is no such row.
  func cursor(rows step: Int) -> Int? {
    let starts = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
    guard let row = starts.lastIndex(where: { $0 <= cursor }), starts.indices.contains(row + step) else { return nil }
    let start = starts[row + step]
    let end = starts.indices.contains(row + step + 1) ? starts[row + step + 1] - 1 : scalars.count
    return min(start + cursor - starts[row], end)
  }
}
