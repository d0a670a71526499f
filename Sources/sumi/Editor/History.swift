/// The lines of earlier sessions and of this one, the latest last; each once.
final class History {
  private(set) var lines: [String] = []
  private let file: HistoryFile?
  /// Told once when the file fails.
  private(set) var warning: String?
  private var hasWarned = false
  /// Bytes of the file that have been read.
  private var end = 0

  /// Entries that are kept in memory.
  private static let maximum = 10_000

  /// - Parameter folder: nil when there is none, so that lines last as long as this session.
  init(folder: String?) {
    file = folder.map { HistoryFile(path: $0 + "/history") }
    guard let contents = file?.read() else { return }
    var seen: Set<String> = []
    lines = contents.lines.suffix(History.maximum).reversed().filter { seen.insert($0).inserted }.reversed()
    (warning, end) = (contents.warning, contents.end)
  }

  /// Takes in what other sessions have added to the file; those lines, the latest last.
  @discardableResult
  func refresh() -> [String] {
    guard let file, !hasWarned, warning == nil else { return [] }
    let contents = file.read(from: end)
    guard contents.warning == nil || contents.end > end else { return [] }
    end = contents.end
    for line in contents.lines { enter(line) }
    return contents.lines
  }

  /// Makes a line the latest.
  private func enter(_ line: String) {
    guard lines.last != line else { return }
    lines.removeAll { $0 == line }
    lines.append(line)
    if lines.count > History.maximum { lines.removeFirst(lines.count - History.maximum) }
  }

  /// Longer lines are no work of hands.
  private static let longest = 65_536

  /// Keeps a line, unless it begins with a blank or is endless; whether it was kept.
  @discardableResult
  func add(_ line: String) -> Bool {
    guard let first = line.first, !first.isWhitespace, line.utf8.count <= History.longest else { return false }
    let isRepeated = lines.last == line
    enter(line)
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
