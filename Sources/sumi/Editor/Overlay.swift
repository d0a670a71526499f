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
      screen.draw("\r" + Overlay.up(row) + "\u{1b}[J")
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
      text += Overlay.down(overlay.depth) + lines.map { "\r\n\u{1b}[K" + screen.paint($0) }.joined()
        + Overlay.up(lines.count + overlay.depth) + "\r" + Overlay.move(cursor.column, "C")
    }
    let ghost = ghost(for: line)?.shown(within: columns - cursor.column - 1, hasColour: screen.hasColour) ?? ""
    if !ghost.isEmpty {
      overlay.hasGhost = true
      text += screen.paint(Line(ghost, .dim)) + Overlay.move(ghost.columns, "D")
    }
    if !text.isEmpty { screen.draw(text) }
  }

  private func clear() {
    var text = overlay.hasGhost ? "\u{1b}[K" : ""
    if overlay.rows > 0 { text += "\u{1b}7" + Overlay.down(overlay.depth) + "\r\u{1b}[B\u{1b}[J\u{1b}8" }
    (overlay.hasGhost, overlay.rows) = (false, 0)
    if !text.isEmpty { screen.draw(text) }
  }
}

extension Overlay {
  fileprivate static func up(_ rows: Int) -> String { move(rows, "A") }
  fileprivate static func down(_ rows: Int) -> String { move(rows, "B") }

  /// A sequence of ECMA-48 that moves the cursor; nothing for no cells.
  fileprivate static func move(_ count: Int, _ direction: String) -> String {
    count > 0 ? "\u{1b}[\(count)\(direction)" : ""
  }
}
