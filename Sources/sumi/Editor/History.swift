/// The lines of earlier sessions and of this one, the latest last; each once.
final class History {
  private(set) var lines: [String] = []
  /// Those that went wrong when they ran last; they are not suggested.
  private var failed: Set<String> = []
  private var known: Set<String> = []
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
    lines = contents.lines.suffix(History.maximum).reversed().filter { known.insert($0).inserted }.reversed()
    for entry in contents.entries { note(entry.line, hasFailed: entry.hasFailed) }
    (warning, end) = (contents.warning, contents.end)
  }

  /// Takes in what other sessions have added to the file; those lines, the latest last.
  @discardableResult
  func refresh() -> [String] {
    guard let file, !hasWarned, warning == nil else { return [] }
    let contents = file.read(from: end)
    guard contents.warning == nil || contents.end > end else { return [] }
    end = contents.end
    for entry in contents.entries {
      if !entry.hasFailed { enter(entry.line) }
      note(entry.line, hasFailed: entry.hasFailed)
    }
    return contents.lines
  }

  private func note(_ line: String, hasFailed: Bool) {
    if hasFailed { failed.insert(line) } else { failed.remove(line) }
  }

  /// Notes how a line went that was kept.
  func judge(_ line: String, hasFailed: Bool) {
    guard known.contains(line), failed.contains(line) != hasFailed else { return }
    note(line, hasFailed: hasFailed)
    append(line, hasFailed: hasFailed)
  }

  private func append(_ line: String, hasFailed: Bool = false) {
    if let failure = file?.append(line, hasFailed: hasFailed), !hasWarned { (warning, hasWarned) = (failure, true) }
  }

  /// Makes a line the latest.
  private func enter(_ line: String) {
    guard lines.last != line else { return }
    if !known.insert(line).inserted { lines.removeAll { $0 == line } }
    lines.append(line)
    while lines.count > History.maximum { known.remove(lines.removeFirst()) }
  }

  /// Longer lines are no work of hands.
  private static let longest = 65_536

  /// Keeps a line, unless it begins with a blank or is endless; whether it was kept.
  @discardableResult
  func add(_ line: String) -> Bool {
    guard let first = line.first, !first.isWhitespace, line.utf8.count <= History.longest else { return false }
    let isRepeated = lines.last == line
    enter(line)
    if !isRepeated {
      failed.remove(line)
      append(line)
    }
    return true
  }

  /// What to tell, once.
  func takeWarning() -> String? {
    defer { warning = nil }
    return warning
  }

  /// The latest line that begins so and goes on, and did not go wrong.
  func suggestion(for beginning: String) -> String? {
    guard !beginning.isEmpty else { return nil }
    return lines.last { $0.hasPrefix(beginning) && $0 != beginning && !failed.contains($0) }
  }
}
