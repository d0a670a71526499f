import Files
import Grammar

/// A session that is kept, as far as a list of them tells.
public struct KeptSession: Sendable {
  /// How a session ended.
  public enum End: String, Codable, Sendable {
    /// The person left, and all training was saved, or there was none.
    case ended
    /// The person left, and the training was not saved.
    case left
    /// The terminal went away, or somebody asked the program to end.
    case cutOff
  }

  /// Whether it can be gone on with.
  public enum State: Equatable, Sendable {
    /// A program is at it now.
    case running
    case ended
    case left
    /// The program was cut off: while this line ran, or between two lines.
    case cutOff(String?)
    /// Why it cannot be read.
    case unreadable(String)

    /// `was cut off in fit`, to stand in a table.
    var brief: String {
      guard case .cutOff(let line?) = self else { return self == .left ? "was left unsaved" : text }
      return "was cut off in \(line.prefix { !$0.isWhitespace })"
    }

    /// `was cut off in fit 10 128`
    public var text: String {
      switch self {
      case .running: "is running"
      case .ended: "ended"
      case .left: "was left with training that is not saved"
      case .cutOff(nil): "was cut off"
      case .cutOff(let line?): "was cut off in \(line)"
      case .unreadable: "cannot be read"
      }
    }
  }

  /// The name of its folder: when it began.
  public let id: String
  /// What a person calls it; nil while nobody has named it.
  public let name: String?
  let folder: String
  /// Nanoseconds from 1970 to its last change.
  let changed: Int
  public let state: State
  let status: JournalRecord.Status?

  /// What it is called in lines.
  public var title: String { name ?? id }

  public let commands: Int

  /// The line that goes on with it.
  public var line: String { "resume \(ArgumentType<String>.quote(title))" }

  /// Whether its program was cut off before anything was done in it.
  var isBlank: Bool { state == .cutOff(nil) && commands == 0 }

  /// Whether there is something to go on with that no program is at.
  var canResume: Bool {
    if case .cutOff(_?) = state { return true }
    return state != .running && commands > 0
  }
}

extension KeptSession {
  /// Reads what there is of a session; nil when there is no such folder.
  init?(_ id: String, in parent: String) {
    let paths = JournalFolder("\(parent)/\(id)")
    let journal = FileStamp(paths.journal)
    // A program that was killed as it began leaves a folder without a journal.
    guard let stamp = journal ?? FileStamp(paths.path) else { return nil }
    (self.id, folder, changed, name) = (id, paths.path, stamp.modified, paths.name)
    do throws(Refusal) {
      let isEmpty = (journal?.size ?? 0) == 0
      let last = isEmpty ? [] : try JournalFile.ends(of: paths.journal).last
      status = last.compactMap(\.state).last?.status
      let count = status?.count ?? 0
      commands = min(count, last.compactMap(\.will).last?.cells ?? count)
      state = paths.isLocked ? .running : KeptSession.state(last)
    } catch { (status, commands, state) = (nil, 0, .unreadable(error.message)) }
  }

  private static func state(_ last: [JournalRecord]) -> State {
    switch last.last?.ended {
    case .ended?: .ended
    case .left?: .left
    case .cutOff?, nil: .cutOff(last.last { $0.ended == nil }?.will?.line)
    }
  }
}
