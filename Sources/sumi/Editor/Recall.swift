/// A walk through the history with the arrow keys, over the lines that begin as the typed one.
struct Recall {
  let typed: String
  /// What was found last.
  private(set) var shown: String
  private var index: Int

  init(_ typed: String, in history: History) {
    history.refresh()
    (self.typed, shown) = (typed, typed)
    index = history.lines.count
  }

  /// The line before; nil at the beginning.
  mutating func older(_ history: History) -> String? {
    let before = history.lines[..<min(index, history.lines.count)]
    guard let found = before.lastIndex(where: { $0.hasPrefix(typed) && $0 != typed }) else { return nil }
    (index, shown) = (found, history.lines[found])
    return shown
  }

  /// The line behind, at last what was typed.
  mutating func newer(_ history: History) -> String? {
    guard index < history.lines.count else { return nil }
    let found = history.lines[(index + 1)...].firstIndex { $0.hasPrefix(typed) && $0 != typed }
    (index, shown) = (found ?? history.lines.count, found.map { history.lines[$0] } ?? typed)
    return shown
  }
}
