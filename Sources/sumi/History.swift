/// The lines of earlier sessions and of this one, the latest last; each once.
final class History {
  private(set) var lines: [String] = []
  private let file: HistoryFile?
  /// Told once when the file fails.
  private(set) var warning: String?
  private var hasWarned = false

  /// Entries that are kept in memory.
  private static let most = 10_000

  /// - Parameter folder: nil when there is none, so that lines last as long as this session.
  init(folder: String?) {
    file = folder.map { HistoryFile(path: $0 + "/history") }
    guard let contents = file?.read() else { return }
    var seen: Set<String> = []
    lines = contents.lines.suffix(History.most).reversed().filter { seen.insert($0).inserted }.reversed()
    warning = contents.warning
  }

  /// Longer lines are no work of hands.
  private static let longest = 65_536

  /// Keeps a line, unless it begins with a blank or is endless; whether it was kept.
  @discardableResult
  func add(_ line: String) -> Bool {
    guard let first = line.first, !first.isWhitespace, line.utf8.count <= History.longest else { return false }
    let isRepeated = lines.last == line
    if !isRepeated {
      lines.removeAll { $0 == line }
      lines.append(line)
    }
    if !isRepeated, let failure = file?.append(line), !hasWarned { (warning, hasWarned) = (failure, true) }
    return true
  }

  /// What to tell, once.
  func takeWarning() -> String? {
    defer { warning = nil }
    return warning
  }

  /// The latest line that begins so and goes on.
  func suggestion(for beginning: String) -> String? {
    guard !beginning.isEmpty else { return nil }
    return lines.last { $0.hasPrefix(beginning) && $0 != beginning }
  }
}

/// A walk through the history with the arrow keys, over the lines that begin as the typed one.
struct Recall {
  let typed: String
  /// What was found last.
  private(set) var shown: String
  private var index: Int

  init(_ typed: String, in history: History) {
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

/// Ctrl-R: the lines of the history that contain what is typed, the latest first.
struct HistorySearch {
  private let lines: [String]
  private var index: Int
  private(set) var wanted = ""
  private(set) var isFound = true

  init(_ history: History) {
    lines = history.lines
    index = lines.count
  }

  /// The line that was found last; nil before the first.
  var found: String? { index < lines.count ? lines[index] : nil }

  mutating func older() { look(in: lines[..<index].indices.reversed()) }

  mutating func newer() { look(in: index + 1 < lines.count ? Array(lines.indices[(index + 1)...]) : []) }

  mutating func add(_ character: Character) {
    wanted.append(character)
    look(in: lines.indices[...min(index, lines.count - 1)].reversed())
  }

  mutating func shorten() {
    _ = wanted.popLast()
    index = lines.count
    if wanted.isEmpty { isFound = true } else { older() }
  }

  private mutating func look(in places: some Sequence<Int>) {
    guard !wanted.isEmpty else { return }
    guard let place = places.first(where: { lines[$0].contains(wanted) }) else { return isFound = false }
    (index, isFound) = (place, true)
  }
}
