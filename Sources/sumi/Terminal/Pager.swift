import Glibc
import Pictures

/// Shows a result that is taller than the window page by page, as `less` does, and leaves it on the screen.
final class Pager {
  /// The lines in the window's present width.
  private let lines: () -> [String]
  private let output: Stream
  private let keyboard: Keyboard
  private var text: [String]
  /// Lines that have been shown: the last of them stands above the last row.
  private var end = 0

  /// What a key asks for.
  enum Move: Equatable {
    /// So many lines on, or back where it is negative.
    case lines(Int)
    /// So many pages.
    case pages(Int)
    case start, end, quit

    init?(_ keystroke: Keystroke) {
      switch keystroke {
      case .character(" "), .character("f"), .key(.pageDown): self = .pages(1)
      case .character("b"), .key(.pageUp): self = .pages(-1)
      case .character("\r"), .character("\n"), .character("j"), .character("e"), .key(.down): self = .lines(1)
      case .character("k"), .character("y"), .key(.up): self = .lines(-1)
      case .character("g"), .character("<"), .key(.home): self = .start
      case .character("G"), .character(">"), .key(.end): self = .end
      case .character("q"), .character("Q"), .escape, .character("\u{4}"), .character("\u{3}"): self = .quit
      default: return nil
      }
    }
  }

  init(lines: @escaping () -> [String], _ output: Stream, _ keyboard: Keyboard) {
    (self.lines, self.output, self.keyboard) = (lines, output, keyboard)
    text = lines()
  }

  /// Rows for the result; the last one of the window is for the status.
  private var page: Int { max(1, output.height - 1) }

  func show() {
    guard let change = TerminalModes.quieten(isRaw: true) else { return output.write(text.map { $0 + "\n" }.joined()) }
    defer { change.undo() }
    forward(to: page)
    while end < text.count {
      output.write(status)
      let keystroke = keyboard.next { [self] in
        text = lines()
        redraw(from: max(0, end - page))
        output.write(status)
      }
      output.write("\r" + CursorControl.clearRow)
      guard let keystroke, let move = Move(keystroke) else {
        if keystroke == nil { return }
        continue
      }
      if !follow(move) { return }
    }
  }

  /// False when it is to end.
  private func follow(_ move: Move) -> Bool {
    switch move {
    case .quit: return false
    case .lines(let count) where count > 0: forward(to: end + count)
    case .pages(let count) where count > 0: forward(to: end + count * page)
    case .lines(let count): redraw(from: end - page + count)
    case .pages(let count): redraw(from: end - page + count * page)
    case .start: redraw(from: 0)
    case .end: forward(to: text.count)
    }
    return true
  }

  /// Shows the lines that come next.
  private func forward(to line: Int) {
    let last = min(text.count, line)
    output.write(text[min(end, last)..<last].map { $0 + "\n" }.joined())
    end = max(end, last)
  }

  /// Clears the window, and shows the page that begins so.
  private func redraw(from line: Int) {
    output.write(CursorControl.home + CursorControl.clearBelow)
    end = min(max(0, line), max(0, text.count - page))
    forward(to: end + page)
  }

  private var status: String {
    let line = "\(end) of \(text.count) lines   Space goes on, b back, q ends"
    // In reverse, so that it is not taken for a line of the result.
    return "\u{1b}[7m\(line.prefix(columns: max(1, output.width - 1)))\u{1b}[0m"
  }
}

extension String {
  /// Its beginning, no wider than so many cells.
  func prefix(columns: Int) -> String {
    var (beginning, used) = ("", 0)
    for character in self {
      used += character.columns
      if used > columns { break }
      beginning.append(character)
    }
    return beginning
  }
}
