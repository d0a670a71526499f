import CEditline
import Pictures
import Workbench

/// What is drawn besides the line: the grey text behind the cursor, and a list below.
struct Overlay {
  /// Shown until the next key.
  var menu: Menu?
  fileprivate var hasGhost = false
  /// Rows of the list, and how far below the cursor the line ends.
  fileprivate var (rows, depth) = (0, 0)
}

extension LineEditor {
  /// The next key, with everything drawn while nothing else is waiting.
  func next() -> Unicode.Scalar? {
    if let scalar = state.next {
      state.next = nil
      return scalar
    }
    if canDraw, !keyboard.hasMore { draw() }
    let scalar = nextScalar()
    state.isQuoting = scalar == "\u{16}" && !state.isQuoting
    clear()
    overlay.menu = nil
    return scalar
  }

  /// What stands for the next keystroke of any meaning for libedit.
  private func nextScalar() -> Unicode.Scalar? {
    while let keystroke = state.isQuoting ? keyboard.nextAsSent() : keyboard.next(resized: resize) {
      switch keystroke {
      case .character(let scalar): return scalar
      case .meta(let scalar):
        state.next = scalar
        return "\u{1b}"
      case .paste(let text):
        state.paste = text
        return Key.paste.code
      case .key(let key) where key.edits: return key.code
      case .key, .report: continue
      }
    }
    return nil
  }

  private var overlay: Overlay {
    get { state.overlay }
    set { state.overlay = newValue }
  }

  /// What stands in grey behind a line.
  func ghost(for line: EditedLine) -> Autosuggestion? {
    guard canDraw, line.isAtEnd else { return nil }
    let text = line.text
    return Autosuggestion(for: text, offer: offer, history: history) { complete(text) }
  }

  /// Clears the line from the screen and draws it anew.
  /// - Parameters:
  ///   - isFresh: whether the cursor is on a new row, where nothing of the line is.
  ///   - change: what is changed between the two.
  func redraw(isFresh: Bool = false, _ change: () -> Void) {
    if !canDraw {
      screen.draw("\r\n")
    } else if let line, !isFresh {
      let row = line.place(behind: line.cursor, prompt: promptColumns, columns: screen.columns).row
      screen.draw("\r" + CursorControl.up(row) + CursorControl.clearBelow)
    }
    change()
    _ = editline_refresh(editor)
  }

  /// The window has another size: what was drawn has been wrapped anew, and is replaced.
  private func resize() {
    clear()
    if canDraw { screen.draw(LineEditor.bracketedPaste(true)) }
    redraw { el_resize(editor) }
    draw()
  }

  private func draw() {
    guard let line else { return }
    let columns = screen.columns
    let cursor = line.place(behind: line.cursor, prompt: promptColumns, columns: columns)
    let end = line.place(behind: line.scalars.count, prompt: promptColumns, columns: columns)
    var text = ""
    let lines = overlay.menu?.lines(columns: columns, rows: screen.rows - end.row - 2) ?? []
    if !lines.isEmpty {
      (overlay.rows, overlay.depth) = (lines.count, end.row - cursor.row)
      text += CursorControl.down(overlay.depth)
        + lines.map { "\r\n" + CursorControl.clearRow + screen.paint($0) }.joined()
        + CursorControl.up(lines.count + overlay.depth) + "\r" + CursorControl.right(cursor.column)
    }
    let ghost = ghost(for: line)?.shown(within: columns - cursor.column - 1, hasColour: screen.hasColour) ?? ""
    if !ghost.isEmpty {
      overlay.hasGhost = true
      text += screen.paint(Line(ghost, .dim)) + CursorControl.left(ghost.columns)
    }
    if !text.isEmpty { screen.draw(text) }
  }

  private func clear() {
    var text = overlay.hasGhost ? CursorControl.clearRow : ""
    if overlay.rows > 0 {
      let below = CursorControl.down(overlay.depth) + "\r" + CursorControl.down(1)
      text += CursorControl.save + below + CursorControl.clearBelow + CursorControl.restore
    }
    (overlay.hasGhost, overlay.rows) = (false, 0)
    if !text.isEmpty { screen.draw(text) }
  }
}
