import Files
import Grammar
import Pictures

/// Gives a session that is kept another name.
struct RenameSession: Command {
  let old: String
  let new: String

  static let form = Form<RenameSession>(
    "sessions rename", "Gives a session that is kept a name, or another one.",
    Parameter("old", ArgumentType<String>.text("a session's name").from(.sessions), "what it is called now"),
    Parameter("new", .text("a name"), "what it will be called"),
    examples: ["sessions rename 2026-11-27-061500 digits"], make: { RenameSession(old: $0, new: $1) },
    settings: { ($0.old, $0.new) })

  static var effect: Effect { .meta }

  static func canRun(in environment: [String: String]) -> Bool { !KeptSessions(environment).all().isEmpty }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let sessions = KeptSessions(host.environment)
    let kept = try sessions.find(old)
    guard !new.isEmpty, new.utf8.count <= 200, !new.contains(where: \.isNewline) else {
      throw Refusal("a session's name is one line of at most 200 bytes", hint: "sessions rename \(kept.id) work")
    }
    if let other = sessions.all().first(where: { $0.title == new }), other.id != kept.id {
      throw Refusal("another session is called \(new)", hint: "sessions")
    }
    do throws(FileError) { try JournalFolder(kept.folder).rename(new) } catch { throw Refusal(error) }
    return Remark("\(volatile: kept.title) is called \(new)", [("name", .text(new))])
  }
}
