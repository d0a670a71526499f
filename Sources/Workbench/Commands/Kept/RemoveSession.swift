import Files
import Grammar
import Pictures

/// Removes a session that is kept, with all that it has learnt.
struct RemoveSession: Command {
  let name: String

  static let form = Form<RemoveSession>(
    "sessions remove", "Removes a session that is kept, with its checkpoints; it cannot be had again.",
    Parameter("name", ArgumentType<String>.text("a session's name").from(.sessions), "which one"),
    examples: ["sessions remove 2026-11-27-061500"], make: { RemoveSession(name: $0) }, settings: { $0.name })

  static var effect: Effect { .meta }

  static func canRun(in environment: [String: String]) -> Bool { !KeptSessions(environment).all().isEmpty }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let kept = try KeptSessions(host.environment).find(name)
    let isRemoved: Bool
    do throws(FileError) {
      isRemoved = kept.state == .running ? false : try JournalFolder(kept.folder).removeIfLeft()
    } catch { throw Refusal(error) }
    guard isRemoved else {
      throw Refusal("a program is at the session \(kept.title), so it cannot be removed", hint: "sessions")
    }
    return Remark("\(volatile: kept.title) is removed", [("name", .text(kept.title))])
  }
}
