import Files
import Glibc
import Grammar

/// The sessions that are kept: a folder each in `$XDG_STATE_HOME/sumi/sessions`.
public struct KeptSessions: Sendable {
  /// So many are kept at most; the oldest go first.
  static let maximum = 20
  /// Unsaved ones, and those that were told of, go after so many seconds: 30 days.
  private static let longest = 30 * 86_400
  /// Bytes that all may take together.
  private static let bound = 2 << 30

  /// nil without a home.
  let folder: String?

  public init(_ environment: [String: String]) {
    folder = Folders(environment: environment).state.map { $0 + "/sessions" }
  }

  /// All of them, the latest last.
  public func all() -> [KeptSession] { listed().filter { !$0.isBlank } }

  private func listed() -> [KeptSession] {
    guard let folder else { return [] }
    let sessions = (Folders.names(in: folder) ?? []).compactMap { KeptSession($0, in: folder) }
    // The second session of a second has a shorter name than its tenth.
    return sessions.sorted { ($0.changed, $0.id.count, $0.id) < ($1.changed, $1.id.count, $1.id) }
  }

  /// Those that were cut off, or left with training that is not saved, and that nobody was told of; the latest last.
  func untold() -> [KeptSession] { untold(among: all()) }

  private func untold(among all: [KeptSession]) -> [KeptSession] {
    all.filter { session in
      guard session.canResume, !JournalFolder(session.folder).isTold else { return false }
      return switch session.state {
      case .cutOff, .left: true
      case .running, .ended, .unreadable: false
      }
    }
  }

  /// Notes that somebody was told.
  public func markTold(_ sessions: [KeptSession]) {
    for session in sessions { JournalFolder(session.folder).markTold(true) }
  }

  /// What to tell of those that nobody was told of, a line each; the latest last, as its line is the one to type.
  /// - Returns: nil when there are none.
  public func news() -> (sessions: [KeptSession], lines: [String], next: String)? {
    let all = all()
    let sessions = untold(among: all)
    guard let last = sessions.last else { return nil }
    let next = all.last(where: \.canResume)?.id == last.id ? "resume" : last.line
    let lines = sessions.dropLast().map { "a session \($0.state.text); to go on: \($0.line)" }
    return (sessions, lines + ["the last session \(last.state.text); to go on: \(next)"], next)
  }

  /// A session by the name that a person gave it, or by that of its folder; when nil, the latest one that can be gone
  /// on with.
  /// - Throws: `Refusal` that says which there are.
  func find(_ title: String?) throws(Refusal) -> KeptSession {
    let all = all()
    guard let title else {
      if let last = all.last(where: \.canResume) { return last }
      throw Refusal("no session was kept that could be gone on with", hint: "sessions")
    }
    if let found = all.last(where: { $0.name == title }) ?? all.last(where: { $0.id == title }) { return found }
    let near = Suggestion.nearest(to: title, among: all.map(\.title)).map { "; did you mean \($0)?" }
    throw Refusal("no session is called \"\(title)\"\(near ?? "")", hint: "sessions")
  }

  /// Makes a folder for a new session: `2026-11-27-061500`, with a number behind it where another began in the same
  /// second.
  func make() throws(FileError) -> JournalFolder {
    guard let folder else { throw FileError("sessions", .noHome(user: nil)) }
    try Folders.make(folder)
    let plain = "\(folder)/\(KeptSessions.now)"
    for number in 1...10_000 {
      let path = number == 1 ? plain : "\(plain)-\(number)"
      if mkdir(path, 0o700) == 0 { return JournalFolder(path) }
      guard errno == EEXIST || errno == EINTR else { throw FileError(path, .unwritable, code: errno) }
    }
    throw FileError(plain, .unwritable, code: EEXIST)
  }

  /// Drops what is too many, too old or too large; sessions that a program is at stay, and such as cannot be locked.
  /// - Parameter count: so many may stay.
  func sweep(leaving count: Int = maximum) {
    let now = time(nil)
    var all = listed().filter { $0.state != .running }
    // One that another program makes just now is not locked yet.
    for blank in all where blank.isBlank && now - blank.changed / 1_000_000_000 > 60 {
      _ = try? JournalFolder(blank.folder).removeIfLeft()
    }
    all.removeAll(where: \.isBlank)
    var sizes = all.map { JournalFolder($0.folder).size }
    while let first = all.first {
      let isOld = now - first.changed / 1_000_000_000 > KeptSessions.longest
      guard all.count > count || isOld || sizes.reduce(0, +) > KeptSessions.bound else { return }
      _ = try? JournalFolder(first.folder).removeIfLeft()
      all.removeFirst()
      sizes.removeFirst()
    }
  }

  /// The local date and time as a name.
  private static var now: String {
    var (now, parts) = (time(nil), tm())
    localtime_r(&now, &parts)
    let date = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)].map(padded)
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0)) }
    return "\(date.joined(separator: "-"))-\(clock.joined())"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
