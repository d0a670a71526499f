/// Ctrl-R: the lines of the history that contain what is typed, the latest first.
struct HistorySearch {
  private let lines: [String]
  private var index: Int
  private(set) var wanted = ""
  private(set) var isFound = true

  init(_ history: History) {
    history.refresh()
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
