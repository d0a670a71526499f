/// A question that one key answers.
enum Question {
  /// Whether `y` is pressed, or Ctrl-D again; anything else, and the end of the terminal, is no.
  ///
  /// What was typed before the question is no answer to it, and is not lost: it comes after.
  static func answer(_ keyboard: Keyboard) -> Bool {
    keyboard.takeIn()
    guard let change = TerminalModes.quieten(isRaw: true) else { return false }
    defer { change.undo() }
    switch keyboard.fresh() {
    case .character("y"), .character("Y"), .character("\u{4}"): return true
    default: return false
    }
  }
}
