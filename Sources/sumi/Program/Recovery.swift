import Files
import Glibc
import Grammar
import Workbench

/// Keeps sessions whose training would be lost, and tells of them at the next start.
///
/// Each is a script, its weights beside it, and a note of why it was kept until somebody has been told.
struct Recovery {
  /// Why a session was kept.
  enum Reason: String {
    /// The terminal went away, or somebody asked the program to end.
    case cutOff = "was cut off"
    /// The person left, and the training was not saved.
    case left = "was left with training that is not saved"
  }

  /// A session that was kept.
  struct Kept: Equatable {
    /// The path of its script.
    let script: String
    let reason: Reason

    /// The line that goes on with it.
    var line: String { "run \(ArgumentType<String>.quote(script))" }
  }

  let folder: String?

  /// So many are kept at most; the oldest go first.
  static let maximum = 20
  /// Those that somebody was told of go after so many seconds: 30 days.
  private static let longest = 30 * 86_400

  private static let prefix = "recovered-"
  private static let script = ".sumi", weights = ".safetensors", note = ".untold"

  /// Writes the session down; what to tell.
  func keep(_ session: Session, as reason: Reason = .cutOff) -> String? {
    guard let folder, !session.cells.isEmpty else { return nil }
    do throws(FileError) {
      try Folders.make(folder)
      sweep(leaving: Recovery.maximum - 1)
      let name = try reserve(in: folder)
      do throws(FileError) { _ = try session.rescue(to: name) } catch {
        unlink(name + Recovery.script)
        throw error
      }
      let kept = Kept(script: name + Recovery.script, reason: reason)
      // A session without a note is kept all the same.
      try? FileWriter.replace(name + Recovery.note, with: Array(reason.rawValue.utf8))
      return "the session is kept; to go on: \(kept.line)"
    } catch { return "the session is lost: \(error.message)" }
  }

  /// Takes a name that no other program has, without its ending: `recovered-2026-11-27-061500`.
  private func reserve(in folder: String) throws(FileError) -> String {
    var (now, parts) = (time(nil), tm())
    localtime_r(&now, &parts)
    let date = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)].map(Recovery.padded)
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { Recovery.padded(Int($0)) }
    let plain = "\(folder)/\(Recovery.prefix)\(date.joined(separator: "-"))-\(clock.joined())"
    for number in 1...10_000 {
      let name = number == 1 ? plain : "\(plain)-\(number)"
      let file = open(name + Recovery.script, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if file >= 0 {
        close(file)
        return name
      }
      guard errno == EEXIST || errno == EINTR else { throw FileError(name, .unwritable, code: errno) }
    }
    throw FileError(plain, .unwritable, code: EEXIST)
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

  /// The sessions that nobody has been told of yet, the latest last.
  func untold() -> [Kept] {
    guard let folder else { return [] }
    return names().compactMap { name in
      let path = "\(folder)/\(name)"
      guard let bytes = try? FileReader.read(path + Recovery.note, limit: 4096) else { return nil }
      return Kept(
        script: path + Recovery.script, reason: Reason(rawValue: String(decoding: bytes, as: UTF8.self)) ?? .cutOff)
    }
  }

  /// All sessions that are kept, the latest last.
  func all() -> [KeptSession] {
    guard let folder else { return [] }
    let untold = untold()
    return names().compactMap { name in
      let path = "\(folder)/\(name)\(Recovery.script)"
      guard let script = try? Script(file: path) else { return nil }
      let reason = untold.first { $0.script == path }?.reason.rawValue ?? "was kept, and you were told"
      return KeptSession(script: path, age: age(path), commands: script.commandCount, reason: reason)
    }
  }

  /// Notes that somebody has been told of sessions, and drops what is too old.
  func markTold(_ kept: [Kept]) {
    for session in kept { unlink(session.script.dropLast(Recovery.script.count) + Recovery.note) }
    sweep(leaving: Recovery.maximum)
  }

  /// What to tell of sessions, a line each; the latest last, as its line is the one that is offered.
  static func lines(_ kept: [Kept]) -> [String] {
    kept.enumerated().map { index, session in
      "\(index == kept.count - 1 ? "the last" : "a") session \(session.reason.rawValue); to go on: \(session.line)"
    }
  }

  /// Drops all but the latest, and what was told of and is too old.
  private func sweep(leaving count: Int) {
    guard let folder else { return }
    let names = names()
    for (index, name) in names.enumerated() {
      let path = "\(folder)/\(name)"
      let isOld = access(path + Recovery.note, F_OK) != 0 && age(path + Recovery.script) > Recovery.longest
      guard index < names.count - count || isOld else { continue }
      for ending in [Recovery.note, Recovery.weights, Recovery.script] { unlink(path + ending) }
    }
  }

  /// The names of the sessions that are kept, without endings, the latest last.
  private func names() -> [String] {
    guard let folder, let all = Folders.names(in: folder) else { return [] }
    let scripts = all.filter { $0.hasPrefix(Recovery.prefix) && $0.hasSuffix(Recovery.script) }
    let dated = scripts.map { (name: String($0.dropLast(Recovery.script.count)), age: age("\(folder)/\($0)")) }
    return dated.sorted { ($1.age, $0.name) < ($0.age, $1.name) }.map(\.name)
  }

  /// Seconds since a file was written.
  private func age(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? time(nil) - status.st_mtim.tv_sec : 0
  }
}
